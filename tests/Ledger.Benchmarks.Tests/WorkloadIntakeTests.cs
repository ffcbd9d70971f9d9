using Ledger.Client.Records;
using Ledger.Node.Records;
using Ledger.Workload;

namespace Ledger.Benchmarks.Tests;

/// <summary>The record store takes every kind of record that the workload makes.</summary>
public sealed class WorkloadIntakeTests
{
    private const ulong Seed = 20190412;

    [Test]
    public void One_record_of_every_kind_keeps_the_rules_of_the_store() => Assert.Multiple(() =>
    {
        foreach (LearningRecord record in new Population(Seed).Records().DistinctBy(record => record.Kind.Index))
        {
            RecordType type = record.Tool == LearningTool.Caliper
                ? RecordType.CaliperEvent
                : RecordType.XapiStatement;
            IntakeRecord taken = StatementRules.Read(
                type, JsonTree.Parse(record.ToJson()).Root, DateTimeOffset.UnixEpoch, Guid.Empty);
            Assert.That(taken.VerbIri, Is.EqualTo(record.Verb.Iri), record.Kind.EventName);
        }
    });
}
