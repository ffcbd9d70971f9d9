using Google.Protobuf;
using Ledger.Contracts.Execution;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Contracts.Tests.Support;
using Ledger.Contracts.Transactions;
using Ledger.Primitives;

namespace Ledger.Contracts.Tests.Contracts;

/// <summary>Addresses that go on under other keys.</summary>
[TestFixture]
public sealed class KeyTests
{
    private readonly TestParty[] schools =
        [.. Enumerable.Range(1, 4).Select(number => new TestParty($"school{number}"))];

    private readonly TestParty learner = new("learner");
    private readonly TestParty next = new("next");
    private TestLedger ledger = null!;

    [SetUp]
    public void Begin()
    {
        ledger = new TestLedger(schools);
        ledger.AddLearner(learner);
    }

    [Test]
    public void An_institution_goes_on_under_another_key()
    {
        TestParty school = schools[0];
        OperationResult result = ledger.Accept(school, Calls.Rotate(ledger, school, next.Key));
        Assert.That(result.Number, Is.EqualTo(2));
        Assert.That(ledger.State.CurrentKey(school.Address), Is.EqualTo(next.Key));
        Assert.That(ledger.Last!.Events.Single().Kind, Is.EqualTo(ContractEventKind.KeyRotated));
        ParsedTransaction old = ledger.Transaction([school], [Calls.Settle()]);
        Assert.That(
            TransactionRules.Check(old, ledger.State, ledger.Height + 1, ledger.TimeMs + TestLedger.BlockMs),
            Is.EqualTo(TransactionRefusal.UnknownSigner));
        Assert.That(ledger.Do(school, Calls.Settle()).Code, Is.EqualTo(ResultCode.SignerRevoked));
        TestParty rotated = school.With(next.Key);
        ledger.Accept(rotated, Calls.Endpoint("https://school1.example.org/api"));
        Assert.That(ledger.State.Endpoint(school.Address, EndpointKind.Api), Is.Not.Null);
    }

    [Test]
    public void A_learner_does_so_too_and_keeps_what_it_has()
    {
        ledger.Enrol(learner, schools[0]);
        ledger.Write(schools[0], learner, 1);
        ledger.Accept(learner, Calls.Rotate(ledger, learner, next.Key));
        TestParty rotated = learner.With(next.Key);
        ledger.Accept(rotated, Calls.Grant(learner, schools[1], LearnerProvider.AccessBits.Read));
        Assert.That(ledger.State.IsEnrolled(learner.Address, schools[0].Address), Is.True);
    }

    [Test]
    public void A_key_belongs_to_one_address_for_ever()
    {
        ledger.Accept(schools[0], Calls.Rotate(ledger, schools[0], next.Key));
        ledger.Expect(ResultCode.KeyUsed, schools[1], Calls.Rotate(ledger, schools[1], next.Key));
        ledger.Expect(ResultCode.KeyUsed, schools[1], Calls.Rotate(ledger, schools[1], schools[0].Key));
        ledger.Expect(ResultCode.KeyUsed, schools[1], Calls.Rotate(ledger, schools[1], schools[1].Key));
        ledger.Expect(ResultCode.KeyUsed, next, Calls.Register(next));
        ledger.Expect(ResultCode.KeyUsed, next, Calls.UicCreate());
        TestParty rotated = schools[0].With(next.Key);
        ledger.Expect(ResultCode.KeyUsed, rotated, Calls.Rotate(ledger, schools[0], next.Key, number: 3));
        ledger.Expect(ResultCode.KeyUsed, rotated, Calls.Rotate(ledger, schools[0], schools[0].Key, number: 3));
        Assert.That(ledger.State.KeyOwner(next.Key), Is.EqualTo(schools[0].Address));
        Assert.That(ledger.State.KeyOwner(schools[0].Key), Is.EqualTo(schools[0].Address));
        Assert.That(ledger.State.KeyOwner(new TestParty("nobody").Key), Is.Null);
    }

    [Test]
    public void Vote_keys_and_identity_keys_are_never_the_same()
    {
        ledger.Expect(ResultCode.KeyUnusable, learner, Calls.Rotate(ledger, learner, schools[3].VoteKey));
        Operation voteKeyAsFirst = Calls.UicCreate();
        TestParty byVoteKey = new TestParty("stranger").WithFirst(schools[3].VoteKey);
        ledger.Expect(ResultCode.KeyUnusable, byVoteKey, voteKeyAsFirst);
        ledger.Expect(ResultCode.KeyUnusable, byVoteKey, Calls.Register(byVoteKey));
        ledger.Accept(schools[0], Calls.Rotate(ledger, schools[0], next.Key));
        ledger.Expect(
            ResultCode.VoteKeyUnusable,
            schools[1],
            Seats.Rotate(ledger, schools[1], schools[1].VoteKey, next.Key));
        ledger.Expect(
            ResultCode.VoteKeyUnusable,
            schools[1],
            Seats.Rotate(ledger, schools[1], schools[1].VoteKey, schools[0].Key));
    }

    [Test]
    public void A_vote_key_that_was_rotated_away_is_no_identity_key_either()
    {
        PublicKeyBytes fresh = new TestParty("fresh").VoteKey;
        ulong proposal = ledger.Accept(
            schools[0], Seats.Rotate(ledger, schools[0], schools[0].VoteKey, fresh)).Number;
        ledger.Accept(schools[0], Seats.Activate(ledger, proposal));
        ledger.Expect(ResultCode.KeyUnusable, learner, Calls.Rotate(ledger, learner, schools[0].VoteKey));
        ledger.Expect(ResultCode.KeyUnusable, learner, Calls.Rotate(ledger, learner, fresh));
    }

    [Test]
    public void A_weak_key_is_refused()
    {
        PublicKeyBytes weak = new(new byte[PublicKeyBytes.Size]);
        ledger.Expect(ResultCode.KeyUnusable, learner, Calls.Rotate(ledger, learner, weak));
    }

    [Test]
    public void The_proof_is_for_one_number_and_serves_once()
    {
        ledger.Expect(
            ResultCode.KeyNumberDiffers, learner, Calls.Rotate(ledger, learner, next.Key, number: 3));
        Operation first = Calls.Rotate(ledger, learner, next.Key);
        ledger.Accept(learner, first);
        TestParty rotated = learner.With(next.Key);
        ledger.Accept(rotated, Calls.Rotate(ledger, learner, new TestParty("third").Key, number: 3));
        ledger.Expect(ResultCode.KeyNumberDiffers, learner.With(new TestParty("third").Key), first);
    }

    [Test]
    public void Two_rotations_in_one_transaction_are_one_too_many()
    {
        PublicKeyBytes third = new TestParty("third").Key;
        BlockResult block = ledger.Block(ledger.Transaction(
            [learner],
            [Calls.Rotate(ledger, learner, next.Key)],
            [Calls.Rotate(ledger, learner, third, number: 3)]));
        Assert.That(
            block.Receipts.Select(one => OperationResult.Parser.ParseFrom(one.Result.Span).Code),
            Is.EqualTo(new[] { ResultCode.Accepted, ResultCode.SignerRevoked }));
    }

    [Test]
    public void Strangers_have_no_key_to_rotate()
    {
        TestParty stranger = new("stranger");
        ledger.Expect(ResultCode.NotRegistered, stranger, Calls.Rotate(ledger, stranger, next.Key));
    }

    [Test]
    public void A_proof_for_another_address_or_number_or_chain_is_refused_before_any_block()
    {
        TestLedger other = new(schools[..3]);
        foreach (Operation wrong in new[]
        {
            Calls.Rotate(ledger, schools[0], next.Key),
            Changed(call => call.Number = 3),
            Changed(call => call.NewKey = new TestParty("third").Key.ToField()),
            Calls.Rotate(other, learner, next.Key),
        })
        {
            Assert.That(Read(wrong), Is.EqualTo(TransactionRefusal.WrongProof));
        }

        Assert.That(Read(Changed(call => call.Number = 1)), Is.EqualTo(TransactionRefusal.Malformed));
        Assert.That(
            Read(Changed(call => call.NewKey = ByteString.CopyFrom(new byte[31]))),
            Is.EqualTo(TransactionRefusal.Malformed));
        Assert.That(
            Read(Changed(call => call.Proof = ByteString.CopyFrom(new byte[63]))),
            Is.EqualTo(TransactionRefusal.Malformed));
    }

    [Test]
    public void A_revoked_key_ends_at_the_time_of_its_block()
    {
        ledger.Accept(schools[1], Seats.Accuse(schools[0]));
        ledger.Accept(schools[2], Seats.Revoke(schools[0]));
        ledger.Accept(schools[3], Seats.Revoke(schools[0]));
        KeyHistory history = KeyHistory.Of(ledger.State, schools[0].Address);
        Assert.That(history.Keys.Single().ClosedUnixMs, Is.EqualTo(ledger.TimeMs));
        Assert.That(history.AtTime(ledger.TimeMs - 1), Is.EqualTo(schools[0].Key));
        Assert.That(history.AtTime(ledger.TimeMs), Is.Null);
        Assert.That(history.AtHeight(ledger.Height), Is.Null);
    }

    private Operation Changed(Action<RotateKey> change)
    {
        Operation operation = Calls.Rotate(ledger, learner, next.Key);
        change(operation.RotateKey);
        return operation;
    }

    private TransactionRefusal? Read(Operation operation) =>
        TestTransaction.Read(TestTransaction.Body(1, ledger.TimeMs, [learner], [operation]), ledger.ChainId).Refusal;
}
