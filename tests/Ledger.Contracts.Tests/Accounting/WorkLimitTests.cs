using System.Diagnostics;
using Ledger.Contracts.Execution;
using Ledger.Contracts.LearnerProvider;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Contracts.Tests.Support;
using Ledger.Contracts.Transactions;

namespace Ledger.Contracts.Tests.Accounting;

/// <summary>How much work a transaction and a block may make.</summary>
[TestFixture]
public sealed class WorkLimitTests
{
    private readonly TestParty school = new("school");
    private readonly TestParty learner = new("learner");
    private TestLedger ledger = null!;

    [SetUp]
    public void Begin()
    {
        ledger = new TestLedger(school);
        ledger.AddLearner(learner);
        ledger.Enrol(learner, school);
        ledger.Write(school, learner, 1);
    }

    [Test]
    public void What_exceeds_the_work_of_a_transaction_is_refused_and_what_came_before_stays()
    {
        FillGrants();
        BlockResult block = ledger.Block(ledger.Transaction([learner], Exchanges(512)));
        OperationResult[] results = [.. block.Receipts.Select(ResultOf)];
        ResultCode[] codes = [.. results.Select(result => result.Code).Distinct()];
        Assert.That(codes, Is.SubsetOf(new[] { ResultCode.Accepted, ResultCode.GroupRefused, ResultCode.TooMuchWork }));
        Assert.That(codes[0], Is.EqualTo(ResultCode.Accepted));
        int refused = Array.FindIndex(results, result => result.Code == ResultCode.TooMuchWork);
        ulong before = results.Take(refused).Aggregate(0UL, (sum, result) => sum + result.WorkUnits);
        Assert.That(before, Is.GreaterThanOrEqualTo(WorkLimits.TransactionUnitsMax));
        Assert.That(before - results[refused - 1].WorkUnits, Is.LessThan(WorkLimits.TransactionUnitsMax));
    }

    [Test]
    public void A_block_holds_as_many_transactions_as_its_work_allows_and_no_trace_of_the_next()
    {
        FillGrants();
        ParsedTransaction[] heavy =
            [.. Enumerable.Range(0, 32).Select(_ => ledger.Transaction([learner], RefusedGrants(256)))];
        BlockContext context = new(ledger.Height + 1, ledger.TimeMs + 1_000, ledger.ChainId, ledger.Heads);
        BlockResult block = BlockExecutor.Execute(ledger.State, ledger.Records, context, heavy);
        Assert.That(block.TransactionCount, Is.InRange(12, 31));
        Assert.That(block.WorkUnits, Is.LessThanOrEqualTo(WorkLimits.BlockUnitsMax));
        BlockResult same = BlockExecutor.Execute(
            ledger.State, ledger.Records, context, heavy[..block.TransactionCount]);
        Assert.That(same.TransactionCount, Is.EqualTo(block.TransactionCount));
        Assert.That(same.StateRoot, Is.EqualTo(block.StateRoot));
        Assert.That(same.ReceiptRoot, Is.EqualTo(block.ReceiptRoot));
        Assert.That(same.TransactionRoot, Is.EqualTo(block.TransactionRoot));
        Assert.That(block.Receipts, Has.Count.EqualTo(block.TransactionCount * 256));
    }

    [Test]
    public void The_heaviest_revocation_is_far_below_the_limit_of_a_transaction()
    {
        // Every grantee has index entries of its own, which close with its grant.
        TestParty[] grantees = [.. Enumerable.Range(0, LlpcLimits.LiveGrantsMax).Select(n => new TestParty($"g{n}"))];
        foreach (TestParty[] some in grantees.Chunk(64))
        {
            ledger.Block([.. some.Select(one => ledger.Transaction([one], [Calls.UicCreate()]))]);
        }

        ledger.Group([school], [.. grantees.Take(64).Select(one => Calls.Grant(learner, one, AccessBits.All))]);
        foreach (TestParty[] some in grantees.Skip(64).Chunk(64))
        {
            ledger.Group([school], [.. some.Select(one => Calls.Grant(learner, one, AccessBits.Read))]);
        }

        Assert.That(ledger.State.LiveGrants(new LlpcName(learner.Address, Calls.Verb)).Grants, Has.Count.EqualTo(256));
        ledger.Accept(school, Calls.EndEnrolment(learner, school));
        TestParty second = new("school2");
        ledger.AddMember(second, InstitutionKind.LearningProvider, school);
        ledger.Enrol(learner, second);
        ledger.Write(second, learner, 2);
        OperationResult result = ledger.Accept(learner, Calls.RevokeDefault(learner, school));
        Assert.That(ledger.State.LiveGrants(new LlpcName(learner.Address, Calls.Verb)).Grants, Is.Empty);
        TestContext.Out.WriteLine($"{result.WorkUnits} units");
        Assert.That(result.WorkUnits, Is.LessThan(WorkLimits.TransactionUnitsMax / 2));
    }

    [Test]
    public void The_largest_insertion_is_far_below_the_limit_of_a_transaction()
    {
        OperationResult result = ledger.Accept(
            school,
            Calls.Insert(learner, [.. Enumerable.Range(10, TransactionLimits.RecordsMax).Select(n => (ulong)n)]));
        TestContext.Out.WriteLine($"{result.WorkUnits} units");
        Assert.That(result.WorkUnits, Is.LessThan(WorkLimits.TransactionUnitsMax / 2));
    }

    // The limit is in units, so a block that is heavier than its units say is what a hostile member would make.
    [Test]
    [Explicit("a measurement of processor time")]
    public void A_block_of_hostile_work_takes_at_most_twice_the_time_of_as_many_units_of_records()
    {
        FillGrants();
        Operation[][] records = [.. Enumerable.Range(0, 256).Select(at => new[]
        {
            Calls.Insert(learner, (ulong)(1_000 + (2 * at)), (ulong)(1_001 + (2 * at))),
        })];
        double ordinary = NanosecondsOfUnit("records", ledger.Transaction([school], records));
        foreach ((string name, TestParty signer, Operation[][] hostile) in new[]
        {
            ("refused grants", learner, RefusedGrants(256)),
            ("exchanged grants", learner, Exchanges(128)),
            ("contracts of the longest names", school, LongVerbs(128)),
        })
        {
            double heavy = NanosecondsOfUnit(name, ledger.Transaction([signer], hostile));
            Assert.That(heavy, Is.LessThan(2 * ordinary), name);
        }
    }

    private double NanosecondsOfUnit(string name, ParsedTransaction transaction)
    {
        BlockContext context = new(ledger.Height + 1, ledger.TimeMs + 1_000, ledger.ChainId, ledger.Heads);
        double least = double.MaxValue;
        for (int round = 0; round < 30; round++)
        {
            long start = Stopwatch.GetTimestamp();
            BlockResult block = BlockExecutor.Execute(ledger.State, ledger.Records, context, [transaction]);
            least = Math.Min(least, Stopwatch.GetElapsedTime(start).TotalNanoseconds / block.WorkUnits);
            Assert.That(block.TransactionCount, Is.EqualTo(1));
        }

        TestContext.Out.WriteLine($"{name}: {least:F0} ns a unit");
        return least;
    }

    private Operation[][] LongVerbs(int count) =>
        [.. Enumerable.Range(1_000, count).Select(at => new[]
        {
            Calls.Insert(learner, $"urn:{at}:" + new string('v', 1_000), (ulong)at),
        })];

    private void FillGrants()
    {
        TestParty grantee = new("grantee");
        ledger.AddLearner(grantee);
        ledger.Group([learner], [.. Enumerable.Range(0, LlpcLimits.LiveGrantsMax).Select(_ =>
            Calls.Grant(learner, grantee, AccessBits.Read))]);
    }

    // Each reads the longest value of the state, and is refused.
    private Operation[][] RefusedGrants(int count) =>
        [.. Enumerable.Range(0, count).Select(_ => new[] { Calls.Grant(learner, school, AccessBits.Read) })];

    // Each sets the longest value of the state twice: a grant ends, and another opens.
    private Operation[][] Exchanges(int count)
    {
        TestParty grantee = new("grantee");
        return [.. Enumerable.Range(1, count).Select(number => new[]
        {
            Calls.Revoke(learner, (ulong)number), Calls.Grant(learner, grantee, AccessBits.Read),
        }).Chunk(2).Select(some => some.SelectMany(one => one).ToArray())];
    }

    private static OperationResult ResultOf(OperationReceipt receipt) =>
        OperationResult.Parser.ParseFrom(receipt.Result.Span);
}
