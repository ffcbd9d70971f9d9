using BenchmarkDotNet.Attributes;
using Ledger.Client.Records;
using Ledger.Primitives;
using Ledger.Workload;

namespace Ledger.Parts;

/// <summary>
/// Commitments of ordinary records, from their JSON: reading, canonical spelling, salts, slots and root.
/// </summary>
public class CommitmentBenchmark
{
    private const ulong Seed = 20190412;

    /// <summary>Records that are taken in turn, so that no single shape decides.</summary>
    private const int Records = 256;

    private byte[][] statements = [];
    private byte[][] events = [];
    private byte[] salt = [];
    private int next;

    /// <summary>Renders the records.</summary>
    [GlobalSetup]
    public void Prepare()
    {
        LearningRecord[] later = [.. new Population(Seed).Records().Skip(20_000).Take(20_000)];
        statements = [.. later.Where(record => record.Tool != LearningTool.Caliper).Take(Records)
            .Select(record => record.ToJson())];
        events = [.. later.Where(record => record.Tool == LearningTool.Caliper).Take(Records)
            .Select(record => record.ToJson())];
        salt = RecordCommitment.FreshSalt();
    }

    /// <summary>An xAPI statement.</summary>
    [Benchmark]
    public Hash256 Statement() =>
        RecordCommitment.Compute(RecordType.XapiStatement, statements[next++ % Records], salt);

    /// <summary>A Caliper event.</summary>
    [Benchmark]
    public Hash256 Event() => RecordCommitment.Compute(RecordType.CaliperEvent, events[next++ % Records], salt);
}
