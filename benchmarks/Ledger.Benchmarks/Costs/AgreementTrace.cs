using System.Diagnostics;
using Ledger.Benchmarks.Limits;
using Ledger.Benchmarks.Load;
using Ledger.Benchmarks.Results;
using Ledger.Benchmarks.Running;
using Ledger.Client.Keys;
using Ledger.Client.Protos;
using Ledger.Client.Transactions;
using Ledger.Contracts.Protos;
using Outcome = Ledger.Client.Protos.Outcome;

namespace Ledger.Benchmarks.Costs;

/// <summary>
/// Blocks of one transaction each, one after the other, from four real nodes: what agreement takes at each height. The
/// nodes' counters are read between the blocks.
/// </summary>
public sealed class AgreementTrace(BenchmarkConsortium consortium)
{
    /// <summary>Blocks in which code is compiled; they are not told.</summary>
    private const int WarmUps = 50;

    private readonly List<AgreementBlock> blocks = [];

    /// <summary>The blocks so far.</summary>
    public IReadOnlyList<AgreementBlock> Blocks => blocks;

    /// <summary>
    /// What every run has, of the blocks: each bears one transaction of one client; null before the end.
    /// </summary>
    public RunFigures? Figures { get; private set; }

    /// <summary>Makes so many blocks.</summary>
    public async Task RunAsync(int count, CancellationToken cancellation)
    {
        BenchmarkMember member = consortium.Members[await consortium.LeaderAsync(cancellation)];
        await RunAsync(member, WarmUps, keep: false, cancellation);
        HostLimits limits = HostLimits.Measure(consortium.Folder);
        LedgerCounters first = await LedgerCounters.TakeAsync(consortium, cancellation);
        long begin = Stopwatch.GetTimestamp();
        await RunAsync(member, count, keep: true, cancellation);
        double seconds = Stopwatch.GetElapsedTime(begin).TotalSeconds;
        LedgerCounters last = await LedgerCounters.TakeAsync(consortium, cancellation);
        LatencyMs latencies = LatencyHistogram.FiguresOf(
            blocks.Select(block => (long)(block.TimeMs / 1000 * Stopwatch.Frequency)));
        Figures = RunFigures.Of(
            clients: 1, new LoadMeasure(blocks.Count, Records: 0, Refused: 0, seconds, latencies), first, last, limits);
    }

    private async Task RunAsync(BenchmarkMember member, int count, bool keep, CancellationToken cancellation)
    {
        ulong before = await SettledAsync(height: 0, cancellation);
        for (int number = 0; number < count; number++)
        {
            long start = Stopwatch.GetTimestamp();
            Outcome outcome = await SubmitAsync(member, cancellation);
            double timeMs = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            ulong messages = await SettledAsync(outcome.Height, cancellation);
            if (keep)
            {
                BlockView view = await member.Client.GetBlockAsync(
                    outcome.Height, withTransactions: false, cancellation);
                blocks.Add(new AgreementBlock(
                    outcome.Height, view.Certificate.View, view.Certificate.Votes.Count,
                    view.Certificate.CalculateSize(), messages - before, Math.Round(timeMs, 3)));
            }

            before = messages;
        }
    }

    // Publishes a key: a transaction that is accepted again and again.
    private async Task<Outcome> SubmitAsync(BenchmarkMember member, CancellationToken cancellation)
    {
        using EncryptionKey published = EncryptionKey.Create();
        PendingTransaction transaction = TransactionBuilder.Signed(
            consortium.ChainId, TransactionBuilder.LastValidFor(TimeProvider.System.GetUtcNow()), member.Address,
            member.Key, Operations.PublishEncryptionKey(published.PublicKey));
        Outcome outcome = await member.Client.SubmitAsync(transaction.ToSignedBytes(), wait: true, cancellation);
        return outcome.Operations.All(operation => operation.Result.Code == ResultCode.Accepted)
            && outcome.State == OutcomeState.Decided
            ? outcome
            : throw new BenchmarkException($"A transaction of the trace was not accepted: {outcome}");
    }

    // All nodes stand at the height, so that the messages of the next block are counted with that one.
    private async Task<ulong> SettledAsync(ulong height, CancellationToken cancellation)
    {
        while (true)
        {
            IReadOnlyList<NodeStatus> statuses = await consortium.StatusesAsync(cancellation);
            consortium.Watch.RequireAll();
            if (statuses.All(status => status.Height >= height))
            {
                ulong messages = 0;
                foreach (NodeStatus status in statuses)
                {
                    messages += status.ConsensusMessages;
                }

                return messages;
            }
        }
    }
}
