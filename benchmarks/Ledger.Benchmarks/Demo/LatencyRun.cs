using System.Diagnostics;
using Ledger.Benchmarks.Replay;
using Ledger.Client.Keys;
using Ledger.Client.Nodes;
using Ledger.Client.Protos;
using Ledger.Client.Transactions;
using Ledger.Contracts.Protos;
using Ledger.Workload;
using Outcome = Ledger.Client.Protos.Outcome;

namespace Ledger.Benchmarks.Demo;

/// <summary>
/// Submit to commit: 100 transactions at 10 a second, one after another at their intended times; each publishes a new
/// encryption key of an institution, at that institution's node in turn.
/// </summary>
public sealed class LatencyRun(Cast cast)
{
    private const int Transactions = 100;
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);

    /// <summary>Runs it; latencies count from the intended time of sending.</summary>
    public async Task<Spread> RunAsync(CancellationToken cancellation)
    {
        Stopwatch clock = Stopwatch.StartNew();
        List<Task<long>> latencies = [];
        for (int number = 0; number < Transactions; number++)
        {
            TimeSpan intended = Pace * number;
            TimeSpan early = intended - clock.Elapsed;
            if (early > TimeSpan.Zero)
            {
                await Task.Delay(early, cancellation);
            }

            latencies.Add(SendAsync(number % Schools.Founding.Count, clock, intended, cancellation));
        }

        return Spread.Of(await Task.WhenAll(latencies));
    }

    private async Task<long> SendAsync(
        int institution, Stopwatch clock, TimeSpan intended, CancellationToken cancellation)
    {
        SigningKey key = cast.KeyOf(ActorRole.Institution(institution));
        using EncryptionKey published = EncryptionKey.Create();
        PendingTransaction transaction = TransactionBuilder.Signed(
            cast.ChainId, TransactionBuilder.LastValidFor(TimeProvider.System.GetUtcNow()), key.Address, key,
            Operations.PublishEncryptionKey(published.PublicKey));
        Outcome outcome = await cast.Clients[institution]
            .SubmitAsync(transaction.ToSignedBytes(), wait: true, cancellation);
        if (outcome.Operations.Any(operation => operation.Result.Code != ResultCode.Accepted))
        {
            throw new BenchmarkException("A transaction of the latency run was refused.");
        }

        return (long)((clock.Elapsed - intended).TotalSeconds * Stopwatch.Frequency);
    }
}
