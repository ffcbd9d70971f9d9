using System.Collections.Concurrent;
using Ledger.Client.Keys;
using Ledger.Client.Nodes;
using Ledger.Client.Protos;
using Ledger.Client.Transactions;
using Ledger.Contracts.Protos;
using Ledger.Primitives;
using Outcome = Ledger.Client.Protos.Outcome;

namespace Ledger.Faults;

/// <summary>
/// Learners that join through every node, one after the other at each, while nodes come and go; remembers every
/// transaction that a node said was decided, and where.
/// </summary>
public sealed class AcknowledgedTraffic : IAsyncDisposable
{
    /// <summary>
    /// What is under way when a network is cut is acknowledged after it heals, within R (48 s for four nodes).
    /// </summary>
    private static readonly TimeSpan PatienceMax = TimeSpan.FromSeconds(90);

    /// <summary>A node that is down refuses at once: asking it all the time only slows the others down.</summary>
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromMilliseconds(50);

    /// <summary>With it the load leaves a shared machine of two cores almost idle.</summary>
    private static readonly TimeSpan LightPause = TimeSpan.FromMilliseconds(100);

    private readonly TimeSpan between;
    private readonly CancellationTokenSource stopping = new();
    private readonly Member[] members;
    private readonly Task[] running;

    /// <summary>A light load, which leaves the processors to what is tried.</summary>
    public AcknowledgedTraffic(Member[] members)
        : this(members, LightPause)
    {
    }

    /// <summary>With a pause between what one node has acknowledged and what it is asked for next.</summary>
    public AcknowledgedTraffic(Member[] members, TimeSpan between)
    {
        this.between = between;
        this.members = members;
        running = [.. members.Select((member, place) => Task.Run(() => JoinAsync(member, place)))];
    }

    /// <summary>Heights of what was acknowledged, by transaction.</summary>
    public ConcurrentDictionary<Hash256, ulong> Acknowledged { get; } = new();

    /// <summary>How many each node has acknowledged.</summary>
    public int[] Counts { get; } = new int[4];

    /// <summary>Waits until nodes have acknowledged so many more, each of them.</summary>
    public Task MoreAsync(int count, params int[] places) => TimeOfMoreAsync(count, places);

    /// <summary>Waits as <see cref="MoreAsync"/>, and answers how long that took.</summary>
    public Task<TimeSpan> TimeOfMoreAsync(int count, params int[] places)
    {
        int[] goals = [.. places.Select(place => Volatile.Read(ref Counts[place]) + count)];
        return Waiting.UntilAsync(
            $"nodes {string.Join(',', places)} acknowledge {count} transactions more each",
            PatienceMax,
            () => Task.FromResult(places.Zip(goals).All(pair => Volatile.Read(ref Counts[pair.First]) >= pair.Second)));
    }

    /// <summary>Ends the traffic; what is under way is told to nobody.</summary>
    public async Task StopAsync()
    {
        await stopping.CancelAsync();
        await Task.WhenAll(running);
    }

    /// <summary>
    /// Ends the traffic, waits until all nodes stand at one head, and asks each of them for everything that was
    /// acknowledged.
    /// </summary>
    /// <exception cref="ObservationException">A node knows less, or other things.</exception>
    public async Task RequireNothingLostAsync()
    {
        await StopAsync();
        ObservationException.Require(!Acknowledged.IsEmpty, "Nothing was acknowledged at all.");
        await Heads.RequireEqualAsync(members, Acknowledged.Values.Max());
        foreach (Member member in members)
        {
            await Parallel.ForEachAsync(Acknowledged, async (acknowledged, cancellation) =>
            {
                (Hash256 id, ulong height) = acknowledged;
                Outcome outcome = await member.Client.GetOutcomeAsync(id, cancellation);
                ObservationException.Require(
                    outcome.State == OutcomeState.Decided && outcome.Height == height,
                    $"{member.Node.Name} says of {id}, acknowledged at height {height}: {outcome}");
            });
        }
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
            TimeSpan pause = between;
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
                pause = PauseAfterFailure;
            }

            await PauseAsync(pause);
        }
    }

    private async Task PauseAsync(TimeSpan pause)
    {
        if (pause > TimeSpan.Zero && !stopping.IsCancellationRequested)
        {
            await Task.WhenAny(Task.Delay(pause, stopping.Token));
        }
    }
}
