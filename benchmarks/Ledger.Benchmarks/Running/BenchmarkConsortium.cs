using Ledger.Client.Protos;
using Ledger.Devnet;
using Ledger.Primitives;

namespace Ledger.Benchmarks.Running;

/// <summary>A consortium of n nodes for one benchmark, watched, and stopped whatever becomes of the run.</summary>
public sealed class BenchmarkConsortium : IAsyncDisposable
{
    /// <summary>Nodes that share two processors find each other in this time, sixteen of them too.</summary>
    private static readonly TimeSpan SettleTimeout = TimeSpan.FromSeconds(90);

    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(50);

    private readonly Workspace workspace;

    private BenchmarkConsortium(Workspace workspace, IReadOnlyList<BenchmarkMember> members)
    {
        this.workspace = workspace;
        Members = members;
        Watch = new NodeWatch([.. members.Select(member => member.Node)]);
        Invariant.That(Hash256.TryParse(workspace.Consortium.Plan.ChainId, out Hash256 chainId));
        ChainId = chainId;
    }

    /// <summary>The institutions.</summary>
    public IReadOnlyList<BenchmarkMember> Members { get; }

    /// <summary>The chain.</summary>
    public Hash256 ChainId { get; }

    /// <summary>Sees when a node ends.</summary>
    public NodeWatch Watch { get; }

    /// <summary>Where everything of the consortium is.</summary>
    public string Folder => workspace.Consortium.Plan.Folder;

    /// <summary>Makes and starts nodes that call each other directly.</summary>
    public static Task<BenchmarkConsortium> StartAsync(string folder, int validators, CancellationToken cancellation) =>
        StartAsync(folder, validators, static _ => { }, cancellation);

    /// <summary>
    /// Starts nodes, works with them, and stops them. When one ends before the work does, that is what is told.
    /// </summary>
    public static async Task UseAsync(
        string folder,
        int validators,
        Func<BenchmarkConsortium, Task> work,
        IProgress<string> progress,
        CancellationToken interrupt)
    {
        progress.Report($"{validators} validators start in {folder}");
        await using BenchmarkConsortium consortium = await StartAsync(folder, validators, interrupt);
        await consortium.Watch.GuardAsync(() => work(consortium));
    }

    /// <summary>
    /// Makes nodes, lets <paramref name="prepare"/> change their configuration, starts them, and waits until all are
    /// connected and vote.
    /// </summary>
    public static async Task<BenchmarkConsortium> StartAsync(
        string folder, int validators, Action<IReadOnlyList<DevnetNode>> prepare, CancellationToken cancellation)
    {
        Workspace workspace = await Workspace.StartAsync(folder, validators, keep: false, prepare);
        BenchmarkConsortium? consortium = null;
        try
        {
            consortium = new BenchmarkConsortium(
                workspace, [.. workspace.Consortium.Plan.Nodes.Select(BenchmarkMember.Open)]);
            await consortium.SettleAsync(cancellation);
            return consortium;
        }
        catch
        {
            if (consortium is null)
            {
                await workspace.DisposeAsync();
            }
            else
            {
                await consortium.DisposeAsync();
            }

            throw;
        }
    }

    /// <summary>Each node's status.</summary>
    public async Task<IReadOnlyList<NodeStatus>> StatusesAsync(CancellationToken cancellation) =>
        await Task.WhenAll(Members.Select(member => member.Client.GetStatusAsync(cancellation)));

    /// <summary>The place of the leader of the next block, as the first node sees it.</summary>
    public async Task<int> LeaderAsync(CancellationToken cancellation)
    {
        NodeStatus status = await Members[0].Client.GetStatusAsync(cancellation);
        Address leader = new(status.Leader.Span);
        int place = Members.TakeWhile(member => member.Address != leader).Count();
        Invariant.That(place < Members.Count, "the leader is a member");
        return place;
    }

    /// <summary>Waits until the nodes stand at one height and know of no other, and requires equal heads.</summary>
    /// <exception cref="BenchmarkException">They do not come to one height, or differ there.</exception>
    public async Task RequireEqualHeadsAsync(CancellationToken cancellation)
    {
        IReadOnlyList<NodeStatus> statuses = await UntilAsync(
            "stand at one height", statuses => statuses.Select(status => status.Height).Distinct().Count() == 1,
            cancellation);
        if (statuses.Select(status => (status.HeadHash, status.StateRoot)).Distinct().Count() != 1)
        {
            throw new BenchmarkException("The nodes' heads or state roots differ at one height: nothing measured here "
                + $"counts. Keep {Folder} and report it.");
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Watch.DisposeAsync();
        foreach (BenchmarkMember member in Members)
        {
            member.Dispose();
        }

        await workspace.DisposeAsync();
    }

    private Task SettleAsync(CancellationToken cancellation) => UntilAsync(
        "are connected and vote",
        statuses => statuses.All(status => status is { ChangingView: false, Standing: Standing.Voting }
            && status.PeersConnected == Members.Count - 1 && status.View == statuses[0].View),
        cancellation);

    private async Task<IReadOnlyList<NodeStatus>> UntilAsync(
        string what, Func<IReadOnlyList<NodeStatus>, bool> holds, CancellationToken cancellation)
    {
        System.Diagnostics.Stopwatch waited = System.Diagnostics.Stopwatch.StartNew();
        while (true)
        {
            Watch.RequireAll();
            IReadOnlyList<NodeStatus> statuses = await StatusesAsync(cancellation);
            if (holds(statuses))
            {
                return statuses;
            }

            if (waited.Elapsed > SettleTimeout)
            {
                throw new BenchmarkException(
                    $"After {SettleTimeout.TotalSeconds:F0} s it does not hold of all nodes that they {what}. "
                    + $"Their logs are below {Folder}.");
            }

            await Task.Delay(Between, cancellation);
        }
    }
}
