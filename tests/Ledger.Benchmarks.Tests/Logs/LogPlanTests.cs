using Ledger.Benchmarks.Logs;
using Ledger.Client.Records;
using Ledger.Workload;

namespace Ledger.Benchmarks.Tests.Logs;

/// <summary>A log becomes operations that may run in their order.</summary>
public sealed class LogPlanTests
{
    private static readonly LogRecord[] Records =
    [
        RecordOf(1, "ann", "a.example", "read"),
        RecordOf(2, "bob", "b.example", "read"),
        RecordOf(4, "ann", "a.example", "read"),
        RecordOf(5, "ann", "a.example", "wrote"),
    ];

    [Test]
    public void A_contract_is_made_and_indexed_once_and_each_record_inserted()
    {
        LogCast cast = new(Records);
        LogPlan plan = new(Records, cast);
        Dictionary<OperationKind, int> kinds = plan.Operations.CountBy(operation => operation.Kind).ToDictionary();
        Assert.That(cast.LearnerCount, Is.EqualTo(2));
        Assert.That(cast.Institutions.Select(institution => (institution.Host, institution.Node)),
            Is.EqualTo(new[] { ("a.example", 0), ("b.example", 1) }));
        Assert.That(kinds[OperationKind.Enrol], Is.EqualTo(2));
        Assert.That(kinds[OperationKind.LlpcCreate], Is.EqualTo(3));
        Assert.That(kinds[OperationKind.PicInsert], Is.EqualTo(3));
        Assert.That(kinds[OperationKind.UicInsert], Is.EqualTo(3));
        Assert.That(kinds[OperationKind.LlpcInsert], Is.EqualTo(4));
    }

    [Test]
    public void What_an_operation_waits_for_comes_before_it()
    {
        LogPlan plan = new(Records, new LogCast(Records));
        Assert.That(plan.Operations.Select(operation => operation.Number),
            Is.EqualTo(Enumerable.Range(0, plan.Operations.Count)));
        Assert.That(plan.Operations.All(operation => operation.DependsOn.All(before => before < operation.Number)));
        Assert.That(plan.Operations[^1].DependsOn, Has.Count.EqualTo(2));
    }

    [Test]
    public void The_native_plan_holds_every_operation_once()
    {
        LogPlan plan = new(Records, new LogCast(Records));
        IEnumerable<int> bundled = new NativePlan(plan.Operations).Transactions
            .SelectMany(transaction => transaction.Groups)
            .SelectMany(group => group.Operations)
            .Select(operation => operation.Number);
        Assert.That(bundled.Order(), Is.EqualTo(Enumerable.Range(0, plan.Operations.Count)));
    }

    private static LogRecord RecordOf(int line, string actor, string host, string verb) => new(
        line, RecordType.XapiStatement, [], $"mbox|mailto:{actor}@{host}", host, "http://verbs.example/" + verb);
}
