using System.Diagnostics;
using Ledger.Benchmarks.Load;
using Ledger.Client.Boxes;
using Ledger.Client.Keys;
using Ledger.Client.Nodes;
using Ledger.Client.Protos;
using Ledger.Client.Verification;

namespace Ledger.Benchmarks.Granted;

/// <summary>A reader that asks the box for all records, and verifies each of them.</summary>
public sealed class GrantedClient : ILoadClient, IDisposable
{
    private readonly GrantedWorld world;
    private readonly int records;
    private readonly LedgerClient box;
    private readonly BoxReader reader;
    private readonly List<long> verifications = [];

    /// <summary>Prepares a connection of its own.</summary>
    public GrantedClient(GrantedWorld world, int records)
    {
        this.world = world;
        this.records = records;
        box = world.Box.Connect();
        reader = new BoxReader(new CallerIdentity(world.Reader.Address, world.Reader.Key), world.Trust);
    }

    /// <summary>Spans of the monotonic clock in which answers were verified, warm-up included.</summary>
    public IReadOnlyList<long> Verifications => verifications;

    /// <inheritdoc/>
    public async ValueTask<LoadAnswer> PerformAsync(CancellationToken cancellation)
    {
        BoxQuery query = new(world.Box.Address, world.Learner, GrantedWorld.Verb) { Limit = (uint)records };
        BoxRequest request = reader.Sign(query);
        BoxAnswer answer = await box.ReadBoxAsync(request, cancellation);
        long begun = Stopwatch.GetTimestamp();
        BoxReading reading = reader.Check(query, request, answer, world.Box.Key.PublicKey);
        long ended = Stopwatch.GetTimestamp();
        verifications.Add(ended - begun);
        return reading.Report.Verdict == Verdict.Passed && reading.Report.RecordsVerified == records
            ? new LoadAnswer(LoadEnd.Done, ended, records, reading.Report.Height ?? 0)
            : throw new BenchmarkException(
                "A read does not verify: "
                + string.Join(' ', reading.Report.Steps.Select(static step => step.Sentence)));
    }

    /// <inheritdoc/>
    public void Dispose() => box.Dispose();
}
