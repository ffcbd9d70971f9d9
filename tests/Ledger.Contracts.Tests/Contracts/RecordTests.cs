using Ledger.Contracts.Execution;
using Ledger.Contracts.LearnerProvider;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Contracts.Tests.Support;
using Ledger.Primitives;

namespace Ledger.Contracts.Tests.Contracts;

[TestFixture]
public sealed class RecordTests
{
    private const string OtherVerb = "http://adlnet.gov/expapi/verbs/attended";

    private readonly TestParty school = new("school");
    private readonly TestParty other = new("other");
    private readonly TestParty learner = new("learner");
    private readonly TestParty stranger = new("stranger");
    private TestLedger ledger = null!;

    [SetUp]
    public void Begin()
    {
        ledger = new TestLedger(school, other);
        ledger.AddLearner(learner);
        ledger.Enrol(learner, school);
    }

    [Test]
    public void The_first_record_of_a_verb_is_one_atomic_group_and_the_second_one_operation()
    {
        ledger.Accept(school, Calls.PicCreate());
        OperationResult[] first = ledger.Group(
            [school],
            Calls.Create(learner),
            Calls.UicInsert(learner), Calls.PicInsert(learner), Calls.Insert(learner, 1));
        Assert.That(first.Select(result => result.Code), Is.All.EqualTo(ResultCode.Accepted));
        Assert.That(first[3].Index, Is.Zero);
        Assert.That(ledger.Accept(school, Calls.Insert(learner, 2)).Index, Is.EqualTo(1));
        Assert.That(ledger.State.RecordRange(Llpc(), school.Address).Count, Is.EqualTo(2));
        Assert.That(ledger.State.Llpc(Llpc())!.Holders, Has.Count.EqualTo(1));
        Assert.That(ledger.State.Llpc(Llpc())!.Verb, Is.EqualTo(Calls.Verb));
    }

    [Test]
    public void Records_are_proved_by_the_range_that_the_state_holds()
    {
        ledger.Write(school, learner, 1);
        List<Hash256> leaves = [.. ledger.Last!.Records.Select(record => RangeLeaf.OfRecord(record.Leaf))];
        for (ulong batch = 1; batch < 6; batch++)
        {
            ulong[] statements = [.. Enumerable.Range(0, (int)batch).Select(number => (batch * 100) + (ulong)number)];
            OperationResult result = ledger.Accept(school, Calls.Insert(learner, statements));
            Assert.That(result.Index, Is.EqualTo((ulong)leaves.Count));
            leaves.AddRange(ledger.Last.Records.Select(record => RangeLeaf.OfRecord(record.Leaf)));
        }

        RecordRange range = ledger.State.RecordRange(Llpc(), school.Address);
        for (int index = 0; index < leaves.Count; index++)
        {
            Assert.That(
                RecordRanges.Verify(range, leaves[index], RecordRanges.Prove(leaves, (ulong)index)), Is.True);
        }
    }

    [Test]
    public void Nothing_is_inserted_before_both_index_entries()
    {
        ledger.Accept(school, Calls.PicCreate());
        ledger.Accept(school, Calls.Create(learner));
        ledger.Expect(ResultCode.NotIndexed, school, Calls.Insert(learner, 1));
        ledger.Accept(school, Calls.UicInsert(learner));
        ledger.Expect(ResultCode.NotIndexed, school, Calls.Insert(learner, 1));
        ledger.Accept(school, Calls.PicInsert(learner));
        ledger.Accept(school, Calls.Insert(learner, 1));
    }

    [Test]
    public void The_same_record_again_is_told_apart_from_another_under_its_locator()
    {
        ledger.Write(school, learner, 1);
        ledger.Accept(school, Calls.Insert(learner, 2));
        ulong height = ledger.Height;
        OperationResult again = ledger.Expect(ResultCode.AlreadyAnchored, school, Calls.Insert(learner, 2));
        Assert.That((again.Height, again.Index), Is.EqualTo((height, 1UL)));
        OperationResult conflict = ledger.Expect(
            ResultCode.Conflict, school, Calls.InsertEntry(learner, Calls.Record(2, 99)));
        Assert.That((conflict.Height, conflict.Index), Is.EqualTo((height, 1UL)));
    }

    [Test]
    public void The_same_record_under_another_verb_is_a_conflict()
    {
        ledger.Write(school, learner, 1);
        ledger.Accept(school, Calls.Create(learner, OtherVerb));
        ledger.Accept(school, Calls.UicInsert(learner, OtherVerb));
        ledger.Accept(school, Calls.PicInsert(learner, OtherVerb));
        ledger.Expect(ResultCode.Conflict, school, Calls.InsertEntry(learner, Calls.Record(1, 1), OtherVerb));
    }

    [Test]
    public void The_same_record_twice_in_one_block_is_seen_too()
    {
        ledger.Write(school, learner, 1);
        BlockResult block = ledger.Block(
            ledger.Transaction([school], [Calls.Insert(learner, 2)], [Calls.Insert(learner, 2)]),
            ledger.Transaction([school], [Calls.Insert(learner, 3, 2)], [Calls.Insert(learner, 3)]));
        OperationResult[] results =
            [.. block.Receipts.Select(receipt => OperationResult.Parser.ParseFrom(receipt.Result.Span))];
        Assert.That(results.Select(result => result.Code), Is.EqualTo(new[]
        {
            ResultCode.Accepted, ResultCode.AlreadyAnchored, ResultCode.AlreadyAnchored, ResultCode.Accepted,
        }));
        Assert.That(results[3].Index, Is.EqualTo(2));
        Assert.That(block.Records, Has.Count.EqualTo(2));
    }

    [Test]
    public void Two_schools_write_to_one_llpc_each_to_its_own_range()
    {
        ledger.Enrol(learner, other);
        ledger.Write(school, learner, 1);
        ledger.Write(other, learner, 1);
        Assert.That(ledger.State.RecordRange(Llpc(), school.Address).Count, Is.EqualTo(1));
        Assert.That(ledger.State.RecordRange(Llpc(), other.Address).Count, Is.EqualTo(1));
        Assert.That(ledger.State.Llpc(Llpc())!.Holders, Has.Count.EqualTo(2));
        Assert.That(ledger.State.UserIndex(learner.Address)!.Parties, Is.EqualTo(2));
    }

    [Test]
    public void Creating_is_refused_with_its_code()
    {
        ledger.Expect(ResultCode.NotRegistered, stranger, Calls.Create(learner));
        ledger.Expect(ResultCode.NotALearner, school, Calls.Create(stranger));
        ledger.Accept(school, Calls.Create(learner));
        ledger.Expect(ResultCode.LlpcExists, school, Calls.Create(learner));
        ledger.Expect(ResultCode.LlpcExists, learner, Calls.Create(learner));
    }

    [Test]
    public void Indexing_is_refused_with_its_code()
    {
        ledger.Expect(ResultCode.NotRegistered, stranger, Calls.PicCreate());
        ledger.Expect(ResultCode.LearnerExists, learner, Calls.UicCreate());
        ledger.Expect(ResultCode.NoLlpc, school, Calls.UicInsert(learner));
        ledger.Expect(ResultCode.NoLlpc, school, Calls.PicInsert(learner));
        ledger.Expect(ResultCode.NotALearner, school, Calls.UicInsert(stranger));
        ledger.Accept(school, Calls.Create(learner));
        ledger.Expect(ResultCode.NotRegistered, stranger, Calls.UicInsert(learner));
        ledger.Expect(ResultCode.NoRight, other, Calls.UicInsert(learner));
        ledger.Expect(ResultCode.NoRight, other, Calls.PicInsert(learner));
        ledger.Expect(ResultCode.NoIndex, school, Calls.PicInsert(learner));
        ledger.Accept(school, Calls.PicCreate());
        ledger.Expect(ResultCode.IndexExists, school, Calls.PicCreate());
        ledger.Accept(school, Calls.UicInsert(learner));
        ledger.Expect(ResultCode.AlreadyIndexed, school, Calls.UicInsert(learner));
        ledger.Accept(school, Calls.PicInsert(learner));
        ledger.Expect(ResultCode.AlreadyIndexed, school, Calls.PicInsert(learner));
    }

    [Test]
    public void Inserting_is_refused_with_its_code()
    {
        ledger.Expect(ResultCode.NoLlpc, school, Calls.Insert(learner, 1));
        ledger.Expect(ResultCode.NotALearner, school, Calls.Insert(stranger, 1));
        ledger.Write(school, learner, 1);
        ledger.Expect(ResultCode.NotRegistered, stranger, Calls.Insert(learner, 2));
        ledger.Expect(ResultCode.NoRight, other, Calls.Insert(learner, 2));
        ledger.Accept(learner, Calls.EndEnrolment(learner, school));
        ledger.Expect(ResultCode.NoRight, school, Calls.Insert(learner, 2));
    }

    [Test]
    public void What_a_learner_writes_is_marked_and_makes_no_holder()
    {
        ledger.Accept(learner, Calls.PicCreate());
        ledger.Write(learner, learner, 1);
        Assert.That(ledger.Last!.Records[0].Leaf.SelfReported, Is.True);
        Assert.That(ledger.State.Llpc(Llpc())!.Holders, Is.Empty);
        ledger.Write(school, learner, 2);
        Assert.That(ledger.Last.Records[0].Leaf.SelfReported, Is.False);
    }

    [Test]
    public void A_grantee_with_write_inserts_without_indexing_itself()
    {
        ledger.Write(school, learner, 1);
        ledger.Accept(learner, Calls.Grant(learner, other, AccessBits.Read | AccessBits.Write));
        ledger.Expect(ResultCode.AlreadyIndexed, other, Calls.UicInsert(learner));
        ledger.Expect(ResultCode.AlreadyIndexed, other, Calls.PicInsert(learner));
        ledger.Accept(other, Calls.Insert(learner, 2));
        ledger.Accept(learner, Calls.Revoke(learner, 1));
        ledger.Expect(ResultCode.NoRight, other, Calls.Insert(learner, 3));
    }

    [Test]
    public void Look_ups_by_prefix_equal_a_plain_count()
    {
        TestParty[] learners = [.. Enumerable.Range(0, 5).Select(number => new TestParty($"learner{number}"))];
        ledger.Accept(school, Calls.PicCreate());
        foreach (TestParty one in learners)
        {
            ledger.AddLearner(one);
            ledger.Enrol(one, school);
            foreach (string verb in new[] { Calls.Verb, OtherVerb })
            {
                ledger.Group([school], Calls.Create(one, verb), Calls.UicInsert(one, verb), Calls.PicInsert(one, verb));
            }
        }

        Assert.That(Count(StateKeys.Prefix(StateKind.ProviderIndexLearner, school.Address)), Is.EqualTo(5));
        Assert.That(Count(StateKeys.Prefix(StateKind.Llpc, learners[0].Address)), Is.EqualTo(2));
        Assert.That(Count(StateKeys.Prefix(StateKind.UserIndexProvider, learners[0].Address)), Is.EqualTo(1));
        Assert.That(
            Count(StateKeys.Prefix(StateKind.UserIndexEntry, learners[0].Address, LlpcName.HashOf(OtherVerb))),
            Is.EqualTo(2), "a counter and one entry");
        Assert.That(ledger.State.ProviderIndex(school.Address)!.Entries, Is.EqualTo(10));
        Assert.That(ledger.State.ProviderIndex(school.Address)!.Parties, Is.EqualTo(5));
    }

    private int Count(byte[] prefix) =>
        ledger.State.Tree.Entries().Count(entry => entry.Key.Raw.Span.StartsWith(prefix));

    private LlpcName Llpc() => new(learner.Address, Calls.Verb);
}
