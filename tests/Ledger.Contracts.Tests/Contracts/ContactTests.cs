using Google.Protobuf;
using Ledger.Contracts.Execution;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Contracts.Tests.Support;
using Ledger.Contracts.Transactions;
using Ledger.Primitives;

namespace Ledger.Contracts.Tests.Contracts;

/// <summary>Contact data that only members can open, and the address of a learning record store.</summary>
[TestFixture]
public sealed class ContactTests
{
    private readonly TestParty[] schools =
        [.. Enumerable.Range(1, 4).Select(number => new TestParty($"school{number}"))];

    private TestLedger ledger = null!;

    [SetUp]
    public void Begin() => ledger = new TestLedger(schools);

    [Test]
    public void The_newest_one_is_open_and_the_others_stay()
    {
        ledger.Accept(schools[0], Publish(Envelope()));
        Assert.That(ledger.Accept(schools[0], Publish(Envelope(2))).Number, Is.EqualTo(2));
        Assert.That(ledger.Last!.Events.Single().Kind, Is.EqualTo(ContractEventKind.ContactPublished));
        InstanceSeries series = StateKeys.Contacts(schools[0].Address);
        IReadOnlyList<ContactInstance> all = ledger.State.Instances(series, ContactInstance.Parser);
        Assert.That(all.Select(one => one.Interval.ToHeight), Is.EqualTo(new[] { ledger.Height, 0UL }));
        Assert.That(all[1].Contact.Content.Length, Is.EqualTo(2 + SealedForm.TagBytes));
    }

    [Test]
    public void Only_those_with_duties_publish_it()
    {
        TestParty outsider = new("outsider");
        ledger.Expect(ResultCode.NotRegistered, outsider, Publish(Envelope()));
        ledger.Accept(outsider, Calls.Register(outsider));
        ledger.Expect(ResultCode.NotAMember, outsider, Publish(Envelope()));
        ledger.Decide(Calls.Suspend(schools[0]), schools[1..]);
        ledger.Accept(schools[0], Publish(Envelope()));
    }

    [Test]
    public void Envelopes_of_wrong_form_are_refused_with_their_transaction()
    {
        SealedEnvelope twice = Envelope();
        twice.Keys.Add(twice.Keys[^1].Clone());
        SealedEnvelope backwards = Envelope();
        (backwards.Keys[0], backwards.Keys[1]) = (backwards.Keys[1], backwards.Keys[0]);
        SealedEnvelope none = Envelope();
        none.Keys.Clear();
        SealedEnvelope shortWrap = Envelope();
        shortWrap.Keys[0].Wrapped = ByteString.CopyFrom(new byte[47]);
        SealedEnvelope noNumber = Envelope();
        noNumber.Keys[0].KeyNumber = 0;
        SealedEnvelope noName = Envelope();
        noName.Keys[0].Recipient = ByteString.Empty;
        SealedEnvelope noKey = Envelope();
        noKey.EphemeralKey = ByteString.Empty;
        SealedEnvelope noNonce = Envelope();
        noNonce.Nonce = ByteString.Empty;
        foreach (SealedEnvelope? wrong in new SealedEnvelope?[]
        {
            null, twice, backwards, none, shortWrap, noNumber, noName, noKey, noNonce,
            Envelope(0), Envelope(TransactionLimits.SealedBytesMax + 1),
        })
        {
            Assert.That(SealedForm.IsRight(wrong), Is.False);
            TransactionBody body = TestTransaction.Body(1, ledger.TimeMs, [schools[0]], [Publish(wrong)]);
            Assert.That(
                TestTransaction.Read(body, ledger.ChainId).Refusal, Is.EqualTo(TransactionRefusal.Malformed));
        }

        Assert.That(SealedForm.IsRight(Envelope(TransactionLimits.SealedBytesMax)), Is.True);
    }

    [Test]
    public void As_many_members_as_a_genesis_document_has_fit_into_one_envelope()
    {
        SealedEnvelope envelope = Envelope(TransactionLimits.SealedBytesMax);
        envelope.Keys.Clear();
        envelope.Keys.AddRange(Enumerable.Range(0, TransactionLimits.RecipientsMax)
            .Select(place => WrapFor(new TestParty($"member{place}").Address))
            .OrderBy(key => key.Recipient.ToAddress()));
        ledger.Accept(schools[0], Publish(envelope));
        envelope.Keys.Add(envelope.Keys[0].Clone());
        Assert.That(SealedForm.IsRight(envelope), Is.False);
    }

    [Test]
    public void An_institution_names_its_learning_record_store()
    {
        ledger.Accept(schools[0], Calls.Endpoint("https://lrs.school1.example.org/xapi", EndpointKind.Lrs));
        Assert.That(
            ledger.State.Endpoint(schools[0].Address, EndpointKind.Lrs),
            Is.EqualTo("https://lrs.school1.example.org/xapi"));
        TransactionBody body = TestTransaction.Body(
            1, ledger.TimeMs, [schools[0]], [Calls.Endpoint("https://a.example", (EndpointKind)5)]);
        Assert.That(TestTransaction.Read(body, ledger.ChainId).Refusal, Is.EqualTo(TransactionRefusal.Malformed));
    }

    private static Operation Publish(SealedEnvelope? envelope) =>
        new() { PublishContact = new PublishContact { Contact = envelope } };

    private SealedEnvelope Envelope(int contentBytes = 10)
    {
        SealedEnvelope envelope = new()
        {
            EphemeralKey = schools[0].Key.ToField(),
            Nonce = ByteString.CopyFrom(new byte[SealedForm.NonceBytes]),
            Content = ByteString.CopyFrom(new byte[contentBytes + SealedForm.TagBytes]),
        };
        envelope.Keys.AddRange(schools
            .Select(school => WrapFor(school.Address))
            .OrderBy(key => key.Recipient.ToAddress()));
        return envelope;
    }

    private static WrappedKey WrapFor(Address recipient) => new()
    {
        Recipient = recipient.ToField(),
        KeyNumber = 1,
        Wrapped = ByteString.CopyFrom(new byte[SealedForm.KeyBytes + SealedForm.TagBytes]),
    };
}
