using System.Collections.Concurrent;
using Ledger.Client.Keys;
using Ledger.Client.Nodes;
using Ledger.Client.Protos;
using Ledger.Client.Transactions;
using Ledger.Contracts.Protos;
using Ledger.EndToEnd.Tests.Support;
using Ledger.Primitives;
using Outcome = Ledger.Client.Protos.Outcome;

namespace Ledger.EndToEnd.Tests.Crashes;

/// <summary>
/// Learners that join through every node, one after the other at each, while nodes come and go; remembers every
/// transaction that a node said was decided, and where.
/// </summary>
public sealed class AcknowledgedTraffic : IAsyncDisposable
{
    private readonly CancellationTokenSource stopping = new();
    private readonly Task[] running;

    public AcknowledgedTraffic(Member[] members)
    {
        running = [.. members.Select((member, place) => Task.Run(() => JoinAsync(member, place)))];
    }

    /// <summary>Heights of what was acknowledged, by transaction.</summary>
    public ConcurrentDictionary<Hash256, ulong> Acknowledged { get; } = new();

    /// <summary>How many each node has acknowledged.</summary>
    public int[] Counts { get; } = new int[4];

    /// <summary>Waits until nodes have acknowledged so many more, each of them.</summary>
    public Task MoreAsync(int count, params int[] places)
    {
        int[] goals = [.. places.Select(place => Volatile.Read(ref Counts[place]) + count)];
        return Waiting.UntilAsync(
            $"nodes {string.Join(',', places)} acknowledge {count} transactions more each",
            () => Task.FromResult(places.Zip(goals).All(pair => Volatile.Read(ref Counts[pair.First]) >= pair.Second)));
    }

    /// <summary>Ends the traffic; what is under way is told to nobody.</summary>
    public async Task StopAsync()
    {
        await stopping.CancelAsync();
        await Task.WhenAll(running);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        stopping.Dispose();
    }

    private async Task JoinAsync(Member member, int place)
    {
        while (!stopping.IsCancellationRequested)
        {
            using SigningKey learner = SigningKey.Create();
            PendingTransaction transaction = member.Sign([learner], Operations.UicCreate());
            try
            {
                Outcome outcome = await member.Client.SubmitAsync(
                    transaction.ToSignedBytes(), wait: true, stopping.Token);
                if (outcome.State == OutcomeState.Decided && outcome.Operations[0].Result.Code == ResultCode.Accepted)
                {
                    Acknowledged[transaction.Id] = outcome.Height;
                    Interlocked.Increment(ref Counts[place]);
                }
            }
            catch (Exception problem) when (problem is LedgerClientException or OperationCanceledException)
            {
                // Its node is down, or the traffic ends: nobody was told anything.
            }
        }
    }
}
