using Ledger.Contracts.Execution;
using Ledger.Contracts.Identity;
using Ledger.Contracts.LearnerProvider;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Contracts.Tests.Support;
using Ledger.Contracts.Transactions;
using Ledger.Primitives;

namespace Ledger.Contracts.Tests.Contracts;

/// <summary>Reads are entered in the trail of their learner, by those who have something to serve.</summary>
[TestFixture]
public sealed class TrailTests
{
    private readonly TestParty[] schools =
        [.. Enumerable.Range(1, 4).Select(number => new TestParty($"school{number}"))];
    private readonly TestParty learner = new("learner");
    private TestLedger ledger = null!;

    [SetUp]
    public void Begin()
    {
        ledger = new TestLedger(schools);
        ledger.AddLearner(learner);
        ledger.Enrol(learner, schools[0]);
        ledger.Write(schools[0], learner, 1);
    }

    [Test]
    public void Reads_stand_in_the_order_of_the_ledger_whoever_released_them()
    {
        ledger.Enrol(learner, schools[1]);
        ledger.Write(schools[1], learner, 2);

        Assert.That(ledger.Accept(schools[0], Calls.TrailAppend(learner, 10, 11)).Index, Is.Zero);
        List<TrailLeaf> leaves = Leaves();
        Assert.That(ledger.Accept(schools[1], Calls.TrailAppend(learner, 12)).Index, Is.EqualTo(2));
        leaves.AddRange(Leaves());
        Assert.That(ledger.Accept(schools[0], Calls.TrailAppend(learner, 13)).Index, Is.EqualTo(3));
        leaves.AddRange(Leaves());

        Assert.That(leaves.Select(leaf => leaf.Index), Is.EqualTo(new ulong[] { 0, 1, 2, 3 }));
        Assert.That(
            leaves.Select(leaf => leaf.Institution),
            Is.EqualTo(new[] { 0, 0, 1, 0 }.Select(place => schools[place].Address.ToField())));
        RecordRange trail = ledger.State.Trail(learner.Address);
        Assert.That(trail.Count, Is.EqualTo(4));
        Hash256[] hashes = [.. leaves.Select(leaf => leaf.LeafHash)];
        foreach (TrailLeaf leaf in leaves)
        {
            Assert.That(
                RecordRanges.Verify(trail, leaf.LeafHash, RecordRanges.Prove(hashes, leaf.Index)), Is.True);
        }
    }

    [Test]
    public void An_entry_binds_its_place_its_height_its_box_and_its_read()
    {
        ledger.Accept(schools[0], Calls.TrailAppend(learner, 10));
        TrailLeaf leaf = Leaves()[0];
        SortedSet<Hash256> hashes = [leaf.LeafHash];
        foreach (Action<TrailLeaf> change in new Action<TrailLeaf>[]
        {
            one => one.Index++,
            one => one.Height++,
            one => one.Institution = schools[1].Address.ToField(),
            one => one.Commitment = Calls.Commitment(11),
        })
        {
            TrailLeaf changed = leaf.Clone();
            change(changed);
            Assert.That(hashes.Add(changed.LeafHash), Is.True);
        }
    }

    [Test]
    public void An_entry_is_told_as_an_event_that_names_no_reader()
    {
        ledger.Accept(schools[0], Calls.TrailAppend(learner, 10, 11));
        ledger.Accept(schools[0], Calls.TrailAppend(learner, 12));
        ContractEvent told = ledger.Last!.Events.Single();
        Assert.That(told.Kind, Is.EqualTo(ContractEventKind.TrailAppended));
        Assert.That(told.Actor, Is.EqualTo(schools[0].Address));
        Assert.That(told.Learner, Is.EqualTo(learner.Address));
        Assert.That(told.Subject, Is.EqualTo(schools[0].Address));
        Assert.That(told.Number, Is.EqualTo(2));
        Assert.That(told.Verb, Is.Null);
    }

    [Test]
    public void A_former_institution_keeps_the_duty()
    {
        ledger.Accept(learner, Calls.EndEnrolment(learner, schools[0]));
        ledger.Accept(schools[0], Calls.TrailAppend(learner, 10));
    }

    [Test]
    public void Nobody_enters_reads_of_a_learner_whose_records_it_does_not_hold()
    {
        ledger.Expect(ResultCode.NoDuty, schools[1], Calls.TrailAppend(learner, 10));
        ledger.Enrol(learner, schools[1]);
        ledger.Expect(ResultCode.NoDuty, schools[1], Calls.TrailAppend(learner, 10));
    }

    [Test]
    public void A_grantee_has_index_entries_and_no_duty()
    {
        ledger.Accept(learner, Calls.Grant(learner, schools[2], AccessBits.Read));
        ledger.Expect(ResultCode.NoDuty, schools[2], Calls.TrailAppend(learner, 10));
    }

    [Test]
    public void Only_institutions_have_a_trail_to_keep() =>
        ledger.Expect(ResultCode.NotRegistered, learner, Calls.TrailAppend(learner, 10));

    [Test]
    public void A_learner_that_writes_its_own_records_has_no_box() =>
        Assert.That(ledger.State.Holding(learner.Address, learner.Address), Is.Null);

    [Test]
    public void There_is_no_trail_of_nobody() =>
        ledger.Expect(ResultCode.NotALearner, schools[0], Calls.TrailAppend(new TestParty("nobody"), 10));

    [Test]
    public void A_refused_group_leaves_no_entry()
    {
        OperationResult[] results = ledger.Group(
            [schools[0]], Calls.TrailAppend(learner, 10), Calls.UicInsert(learner));
        Assert.That(
            results.Select(result => result.Code),
            Is.EqualTo(new[] { ResultCode.GroupRefused, ResultCode.AlreadyIndexed }));
        Assert.That(ledger.Last!.Leaves, Is.Empty);
        Assert.That(ledger.State.Trail(learner.Address).Count, Is.Zero);
    }

    [Test]
    public void What_is_held_is_counted_by_LLPC()
    {
        Assert.That(ledger.State.Holding(learner.Address, schools[0].Address)!.Contracts, Is.EqualTo(1));
        ledger.Write(schools[0], learner, 5);
        Assert.That(ledger.State.Holding(learner.Address, schools[0].Address)!.Contracts, Is.EqualTo(1));
    }

    [TestCase(0)]
    [TestCase(TransactionLimits.TrailEntriesMax + 1)]
    public void Too_few_or_too_many_entries_have_no_form(int count) => Refuse(
        Calls.TrailAppend(learner, [.. Enumerable.Range(0, count).Select(read => (ulong)read)]));

    [Test]
    public void A_commitment_has_32_bytes()
    {
        Operation call = Calls.TrailAppend(learner, 1);
        call.TrailAppend.Commitments[0] = Google.Protobuf.ByteString.CopyFrom(new byte[31]);
        Refuse(call);
    }

    private List<TrailLeaf> Leaves() =>
        [.. ledger.Last!.Leaves.Cast<AppendedTrailEntry>().Select(entry => entry.Leaf)];

    private void Refuse(Operation call)
    {
        TransactionBody body = TestTransaction.Body(1, ledger.TimeMs + 1000, [schools[0]], [call]);
        Assert.That(TestTransaction.Read(body, ledger.ChainId).Refusal, Is.EqualTo(TransactionRefusal.Malformed));
    }
}
