using System.Diagnostics;
using Ledger.Contracts.Execution;
using Ledger.Contracts.Tests.Support;
using Ledger.Contracts.Transactions;

namespace Ledger.Contracts.Tests.Execution;

[TestFixture]
public sealed class ApplySpeedTests
{
    [Test]
    [Explicit("A measurement, not a judgement.")]
    public void Cost_of_applying_a_record()
    {
        TestParty school = new("school");
        TestLedger ledger = new(school);
        ledger.Accept(school, Calls.PicCreate());
        TestParty[] learners = [.. Enumerable.Range(0, 651).Select(number => new TestParty($"learner{number}"))];
        string[] verbs = [.. Enumerable.Range(0, 20).Select(number => $"http://adlnet.gov/expapi/verbs/verb{number}")];
        foreach (TestParty[] some in learners.Chunk(20))
        {
            ledger.Block([.. some.Select(one => ledger.Transaction([one], [Calls.UicCreate()]))]);
            ledger.Block([.. some.Select(one => ledger.Transaction([school, one], [Calls.Enrol(one, school)]))]);
            ledger.Block([.. some.Select(one => ledger.Transaction(
                [school],
                [.. verbs.Select(verb => new[]
                {
                    Calls.Create(one, verb), Calls.UicInsert(one, verb), Calls.PicInsert(one, verb),
                })]))]);
        }

        TestRandom random = new(3);
        foreach (int perOperation in new[] { 1, 1, 1, 1, 1, 1, 1, 1, 8, 8 })
        {
            const int operations = 4_000;
            ulong statement = random.Next();
            ParsedTransaction[] transactions = [.. Enumerable.Range(0, operations / 200).Select(_ => ledger.Transaction(
                [school],
                [.. Enumerable.Range(0, 200).Select(_ => new[]
                {
                    Calls.Insert(
                        learners[random.Below(learners.Length)],
                        verbs[random.Below(verbs.Length)],
                        [.. Enumerable.Range(0, perOperation).Select(_ => statement++)]),
                })]))];
            using Process process = Process.GetCurrentProcess();
            TimeSpan before = process.TotalProcessorTime;
            BlockResult block = ledger.Block(transactions);
            process.Refresh();
            TimeSpan took = process.TotalProcessorTime - before;
            Assert.That(block.Records, Has.Count.EqualTo(operations * perOperation));
            double microseconds = took.TotalMicroseconds / (operations * perOperation);
            TestContext.Out.WriteLine(
                $"{perOperation} a call: {microseconds:F2} us CPU a record, "
                + $"{ledger.State.Tree.Count} keys, {block.Changes.Count} changes");
        }
    }
}
