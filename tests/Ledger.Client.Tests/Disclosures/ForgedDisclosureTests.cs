using Google.Protobuf;
using Ledger.Client.Keys;
using Ledger.Client.Tests.Verification;
using Ledger.Client.Verification;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.Client.Tests.Disclosures;

/// <summary>
/// A forged disclosure is refused by name: one that others have changed, and one in which the learner itself lies and
/// signs its lie.
/// </summary>
public sealed class ForgedDisclosureTests
{
    private DisclosureBench bench = null!;

    private static IEnumerable<TestCaseData> Lies =>
    [
        Lie("a success that was none", "MISMATCH", static body =>
            Slot(body, 0, 1).Value = ByteString.CopyFromUtf8("true")),
        Lie("another spelling", "MISMATCH", static body => Slot(body, 0, 1).Value = ByteString.CopyFromUtf8(" false")),
        Lie("a member said to be absent", "MISMATCH", static body => Slot(body, 0, 1).Value = ByteString.Empty),
        Lie("another salt", "MISMATCH", static body => Slot(body, 0, 1).Salt = ByteString.CopyFrom(new byte[32])),
        Lie("a short salt", "MISMATCH", static body => Slot(body, 0, 1).Salt = ByteString.CopyFrom(new byte[31])),
        Lie("another member's place", "MISMATCH", static body => Slot(body, 0, 1).Pointer = "/result/completion"),
        Lie("a member that is no slot", "MISMATCH", static body => Slot(body, 0, 1).Pointer = "/result/grade"),
        Lie("a shorter path", "MISMATCH", static body => Slot(body, 0, 1).Path.RemoveAt(0)),
        Lie("a path that is no hash", "MISMATCH", static body => Slot(body, 0, 1).Path[0] = ByteString.CopyFrom(1)),
        Lie("another record's member", "MISMATCH", static body =>
            body.Ranges[0].Records[0].Slots[1] = Slot(body, 1, 1).Clone()),
        Lie("another type", "MISMATCH", static body => body.Ranges[0].Records[0].Type = "caliper"),
        Lie("a record twice under another place", "does not stand on the ledger", static body =>
        {
            DisclosedRecord again = body.Ranges[0].Records[1].Clone();
            again.Leaf.Index = again.Proof.Index = 9;
            body.Ranges[0].Records.Add(again);
        }),
        Lie("a record of nowhere", "does not stand on the ledger", static body =>
            body.Ranges[0].Records[0].Leaf.Commitment = ByteString.CopyFrom(new byte[32])),
        Lie("written by the learner itself, or not", "does not stand on the ledger", static body =>
            body.Ranges[0].Records[0].Leaf.SelfReported = true),
        Lie("fewer records than there are", "is not proved", static body => body.Ranges[0].Range.Count = 2),
        Lie("erased ones", "is not proved", static body => body.Ranges[0].Range.Erased = 1),
        Lie("no proof of the number", "is not proved", static body => body.Ranges[0].RangeProof = null),
        Lie("another verb", "is not proved", static body => body.Ranges[0].Verb = "urn:another"),
        Lie("another writer", "is not proved", static body =>
            body.Ranges[0].Writer = ByteString.CopyFrom(Enumerable.Repeat((byte)7, 32).ToArray())),
        Lie("no records of a verb that has some", "is not proved", static body =>
        {
            body.Ranges[0].Records.Clear();
            body.Ranges[0].Range = new RecordRange();
        }),
        Lie("a range twice", "the two twice", static body => body.Ranges.Add(body.Ranges[0].Clone())),
        Lie("records in no order", "in no order", static body =>
            (body.Ranges[0].Records[0], body.Ranges[0].Records[1]) =
                (body.Ranges[0].Records[1].Clone(), body.Ranges[0].Records[0].Clone())),
        Lie("a member twice", "a member twice", static body =>
            body.Ranges[0].Records[0].Slots.Add(Slot(body, 0, 1).Clone())),
        Lie("a record that shows nothing", "shows nothing", static body => body.Ranges[0].Records[0].Slots.Clear()),
        Lie("a record without a place", "no place", static body => body.Ranges[0].Records[0].Leaf = null),
        Lie("a type that is none", "type", static body => body.Ranges[0].Records[0].Type = "video"),
        Lie("nothing at all", "shows nothing", static body => body.Ranges.Clear()),
        Lie("no end", "no end", static body => body.EndsUnixMs = 0),
        Lie("an end after all calendars", "no end", static body => body.EndsUnixMs = long.MaxValue),
        Lie("no time of signing", "no end", static body => body.SignedUnixMs = 0),
        Lie("an end in a hundred years", "ten years", static body => body.EndsUnixMs += 3_155_760_000_000),
        Lie("words without measure", "512 bytes", static body => body.Words = new string('x', 600)),
        Lie("a node that is none", "no address", static body => body.Node = "anywhere"),
        Lie("no random bytes", "random", static body => body.Random = ByteString.Empty),
        Lie("another chain", "another chain", static body => body.ChainId = ByteString.CopyFrom(new byte[32])),
        Lie("another learner", "learner's key", static body =>
            body.Learner = ByteString.CopyFrom(Enumerable.Repeat((byte)9, 32).ToArray())),
    ];

    private static IEnumerable<TestCaseData> Changes =>
    [
        Change("a later end", "signature", static (file, body) => body.EndsUnixMs += 1),
        Change("other words", "signature", static (file, body) => body.Words = "For another"),
        Change("another node", "signature", static (file, body) => body.Node = "https://other.example:1"),
        Change("one record fewer", "signature", static (file, body) => body.Ranges[0].Records.RemoveAt(0)),
        Change("no signature", "signature", static (file, body) => file.Signature = ByteString.Empty),
        Change("no key", "cannot be read", static (file, body) => file.Key = null),
        Change("no block", "can be read", static (file, body) => file.Block = null),
        Change("no membership", "can be read", static (file, body) => file.Membership = null),
        Change("a version that is not known", "Version 9", static (file, body) => file.Version = 9),
        Change("a certificate without votes", "certificate", static (file, body) =>
            file.Block.Certificate.Votes.Clear()),
        Change("the key of another", "learner's key", static (file, body) =>
            file.Key.Key = ByteString.CopyFrom(StateKeys.SigningKeys(new Address(new byte[32])).At(1).Raw.Span)),
    ];

    [OneTimeSetUp]
    public void Begin() => bench = new DisclosureBench(records: 3, successes: 0);

    [OneTimeTearDown]
    public void End() => bench.Dispose();

    [TestCaseSource(nameof(Lies))]
    public void A_learner_who_lies_and_signs_is_refused_by_name(Action<DisclosureBody> lie, string why)
    {
        DisclosureBody body = Genuine();
        lie(body);
        Refused(bench.Verify(bench.Sign(body)), why);
    }

    [TestCaseSource(nameof(Changes))]
    public void A_file_that_others_have_changed_is_refused_by_name(
        Action<Disclosure, DisclosureBody> change, string why)
    {
        DisclosureBody body = Genuine();
        ProofFile file = bench.Sign(body).Clone();
        ByteString before = body.ToByteString();
        change(file.Disclosure, body);
        if (body.ToByteString() != before)
        {
            file.Disclosure.Body = body.ToByteString();
        }

        Refused(bench.Verify(file), why);
    }

    [Test]
    public void A_stranger_cannot_sign_for_the_learner()
    {
        using SigningKey stranger = SigningKey.Create();
        Refused(bench.Verify(bench.Sign(Genuine(), stranger)), "signature");
    }

    [Test]
    public void A_file_of_another_chain_is_none_here()
    {
        using SmallChain other = new("another");
        VerificationReport report = ProofVerifier.Verify(bench.Sign(Genuine()).ToByteArray(), other.Trust);
        Refused(report, "another chain");
    }

    [Test]
    public void Not_a_byte_of_a_file_can_be_changed_and_nothing_put_behind_it()
    {
        byte[] file = bench.Sign(Genuine()).ToByteArray();
        Assert.That(ProofVerifier.Verify(file, bench.Chain.Trust).Verdict, Is.EqualTo(Verdict.Passed));
        List<int> accepted = [];
        Parallel.For(0, file.Length, place =>
        {
            byte[] forged = [.. file];
            forged[place] ^= (byte)(1 << (place % 8));
            if (ProofVerifier.Verify(forged, bench.Chain.Trust).Verdict == Verdict.Passed)
            {
                lock (accepted)
                {
                    accepted.Add(place);
                }
            }
        });
        Assert.That(accepted, Is.Empty);
        Assert.That(
            ProofVerifier.Verify([.. file, 0], bench.Chain.Trust).Verdict, Is.EqualTo(Verdict.Failed));
    }

    // Copies, for what is forged must not be changed in the bench.
    private DisclosureBody Genuine() => bench.Draft(DisclosureBench.Show("/object", "/result/success")).Clone();

    private static DisclosedSlot Slot(DisclosureBody body, int record, int slot) =>
        body.Ranges[0].Records[record].Slots[slot];

    private static void Refused(VerificationReport report, string why)
    {
        Assert.That(report.Verdict, Is.EqualTo(Verdict.Failed), DisclosureBench.Text(report));
        Assert.That(
            report.Steps.Where(static step => step.Verdict == Verdict.Failed).Select(static step => step.Sentence),
            Has.Some.Contains(why));
        Assert.That(report.Disclosure, Is.Null);
    }

    private static TestCaseData Lie(string name, string why, Action<DisclosureBody> lie) =>
        new TestCaseData(lie, why).SetArgDisplayNames(name);

    private static TestCaseData Change(string name, string why, Action<Disclosure, DisclosureBody> change) =>
        new TestCaseData(change, why).SetArgDisplayNames(name);
}
