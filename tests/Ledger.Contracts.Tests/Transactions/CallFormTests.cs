using Google.Protobuf;
using Google.Protobuf.Reflection;
using Ledger.Contracts.Identity;
using Ledger.Contracts.LearnerProvider;
using Ledger.Contracts.Protos;
using Ledger.Contracts.Tests.Support;
using Ledger.Contracts.Transactions;
using Ledger.Primitives;

namespace Ledger.Contracts.Tests.Transactions;

/// <summary>What of a call can be judged without state is judged before it reaches a block.</summary>
[TestFixture]
public sealed class CallFormTests
{
    private static readonly TestParty Ann = new("ann");
    private static readonly TestParty Ben = new("ben");
    private static readonly TestLedger Ledger = new(Ann, Ben);

    [TestCaseSource(nameof(Samples))]
    public void A_call_with_a_field_of_another_length_is_refused(Operation genuine)
    {
        Assert.That(IsRead(genuine), Is.True, "the sample itself");
        IMessage call = CallOf(genuine);
        foreach (FieldDescriptor one in call.Descriptor.Fields.InFieldNumberOrder().Where(IsSetBytes(call)))
        {
            Operation mutant = genuine.Clone();
            IMessage changed = CallOf(mutant);
            ByteString bytes = (ByteString)one.Accessor.GetValue(changed);
            one.Accessor.SetValue(changed, ByteString.CopyFrom(bytes.Span[..^1]));
            Assert.That(IsRead(mutant), Is.False, $"{one.Name} one byte short");
            one.Accessor.SetValue(changed, ByteString.CopyFrom([.. bytes.Span, 0]));
            Assert.That(IsRead(mutant), Is.False, $"{one.Name} one byte long");
        }
    }

    [TestCaseSource(nameof(Samples))]
    public void A_call_without_the_verb_or_the_number_that_it_is_about_is_refused(Operation genuine)
    {
        IMessage call = CallOf(genuine);
        foreach (FieldDescriptor one in call.Descriptor.Fields.InFieldNumberOrder().Where(IsNeeded(call)))
        {
            Operation mutant = genuine.Clone();
            one.Accessor.Clear(CallOf(mutant));
            Assert.That(IsRead(mutant), Is.False, $"without {one.Name}");
        }
    }

    [TestCaseSource(nameof(Malformed))]
    public void What_contradicts_itself_is_refused(string what, Operation operation) =>
        Assert.That(IsRead(operation), Is.False, what);

    private static IEnumerable<Operation> Samples() =>
    [
        Calls.Register(Ann), Calls.Vote(Ben, true), Calls.Endpoint("https://a.example:1"), Calls.EncryptionKey(Ann),
        Calls.TlsBinding(3), Seats.Accuse(Ben), Seats.Revoke(Ben), Seats.Vote(1), Calls.Enrol(Ann, Ben),
        Calls.EndEnrolment(Ann, Ben), Calls.UicInsert(Ann), Calls.PicInsert(Ann), Calls.Create(Ann),
        Calls.Insert(Ann, 1), Calls.Request(Ann, AccessBits.Read), Calls.Deny(Ann, 1),
        Calls.Grant(Ann, Ben, AccessBits.Read), Calls.Revoke(Ann, 1), Calls.RevokeDefault(Ann, Ben),
        Calls.Renounce(Ann, 1), Calls.VoteOn(1),
    ];

    private static IEnumerable<TestCaseData> Malformed()
    {
        yield return Case("an endpoint of no kind", Calls.Endpoint("https://a.example:1", EndpointKind.Unspecified));
        yield return Case(
            "an endpoint of a kind that is none", Calls.Endpoint("https://a.example:1", (EndpointKind)99));
        yield return Case("a request for nothing", Calls.Request(Ann, AccessBits.None));
        Operation rightless = Calls.Grant(Ann, Ben, AccessBits.Read);
        rightless.LlpcGrant.Rights = null;
        yield return Case("a grant without rights", rightless);
        Operation both = Calls.Revoke(Ann, 1);
        both.LlpcRevoke.Institution = Ben.Address.ToField();
        yield return Case("a revocation of a grant and of an institution", both);
        Operation limits = Calls.Grant(Ann, Ben, AccessBits.Read);
        limits.LlpcGrant.Limits = ByteString.CopyFrom(1, 2, 3);
        yield return Case("limits that are no commitment", limits);
        yield return Case("a grant that ended before the clock began", Calls.Grant(Ann, Ben, AccessBits.Read, end: -1));
        Operation recordless = Calls.Insert(Ann, 1);
        recordless.LlpcInsert.Records.Clear();
        yield return Case("an insertion of no record", recordless);
        yield return Case("no change of seats", Seats.Propose());
        foreach ((string what, SeatChange change) in BadChanges())
        {
            yield return Case(what, Seats.Propose(change));
        }
    }

    private static IEnumerable<(string What, SeatChange Change)> BadChanges()
    {
        yield return ("a change of no kind", With(static change => change.Kind = SeatChangeKind.Unspecified));
        yield return ("a change of a kind that is none", With(static change => change.Kind = (SeatChangeKind)9));
        yield return ("a seat without a key", With(static change => change.VoteKey = ByteString.Empty));
        yield return ("a seat without a proof", With(static change => change.Proof = ByteString.Empty));
        yield return ("a seat with an old key", With(static change => change.OldVoteKey = Ann.VoteKey.ToField()));
        yield return ("a seat for two", With(static change => change.Outgoing = Ben.Address.ToField()));
        yield return ("a seat of nobody", With(static change => change.Institution = ByteString.Empty));
        yield return ("a removal with a key", With(static change => change.Kind = SeatChangeKind.Remove));
        yield return ("a rotation without the old key", With(static change => change.Kind = SeatChangeKind.Rotate));
        yield return ("a replacement of nobody", With(static change => change.Kind = SeatChangeKind.Replace));
        yield return ("a replacement by itself", With(static change =>
        {
            change.Kind = SeatChangeKind.Replace;
            change.Outgoing = Ann.Address.ToField();
        }));
    }

    private static SeatChange With(Action<SeatChange> change)
    {
        SeatChange made = Seats.Add(Ledger, Ann);
        change(made);
        return made;
    }

    private static Func<FieldDescriptor, bool> IsSetBytes(IMessage call) => one =>
        one.FieldType == FieldType.Bytes && !one.IsRepeated && !((ByteString)one.Accessor.GetValue(call)).IsEmpty;

    // Parents, ends and the like may be 0; these may not.
    private static Func<FieldDescriptor, bool> IsNeeded(IMessage call) => one =>
        one.Name is "verb" or "uri" or "name" or "domain" or "ballot" or "proposal" or "measure" or "learner"
            or "candidate" or "commitment" or "public_key" or "number"
        || (one.Name == "request" && call is LlpcDeny)
        || (one.Name == "grant" && call is LlpcRenounce or LlpcRevoke { Grant: > 0 });

    private static IMessage CallOf(Operation operation) => (IMessage)Operation.Descriptor.Oneofs.Single()
        .Accessor.GetCaseFieldDescriptor(operation)!.Accessor.GetValue(operation);

    private static TestCaseData Case(string what, Operation operation) =>
        new TestCaseData(what, operation).SetArgDisplayNames(what);

    private static bool IsRead(Operation operation) => TestTransaction.Read(
        TestTransaction.Body(1, TestLedger.StartMs, [Ann], [operation]), Ledger.ChainId).IsRead;
}
