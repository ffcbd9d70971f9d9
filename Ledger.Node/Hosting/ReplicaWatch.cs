using Ledger.Consensus;
using Ledger.Node.Agreement;
using Ledger.Node.Api;
using Ledger.Node.Membership;

namespace Ledger.Node.Hosting;

/// <summary>
/// Looks at the kernel four times a second, on its thread: publishes where it stands, tells it how long work has waited
/// (C-20), and makes it lasting when it stops voting (S-8).
/// </summary>
public sealed class ReplicaWatch(
    ReplicaKernel kernel, KernelHost host, BlockAssembler assembler, PeerHeights heights, VotingStop votingStop)
{
    private const int LooksPerSecond = 4;

    private volatile ReplicaView view = Seen(kernel, votingStop);
    private int looks;

    /// <summary>Where agreement stood at the last look.</summary>
    public ReplicaView View => view;

    /// <summary>One look; on the kernel's thread.</summary>
    public void Look()
    {
        if (kernel.Standing == Standing.Stopped)
        {
            votingStop.Stop(kernel.Height);
        }

        view = Seen(kernel, votingStop);
        if (votingStop.IsStopped && !votingStop.IsConfirmed && ReachedByOthers() is { } reached)
        {
            // The key may have been used for the height that was in flight.
            votingStop.Confirm(Math.Max(reached, kernel.Height) + 1);
        }

        looks = (looks + 1) % LooksPerSecond;
        if (looks == 0 && assembler.OldestWork() is TimeSpan age)
        {
            host.Post(new Input.OldestWork((ulong)(age.TotalMilliseconds / Ticks.MillisecondsPerTick)));
        }
    }

    // With the mark a kernel gets no key, and takes itself for an observer.
    private static ReplicaView Seen(ReplicaKernel kernel, VotingStop votingStop) => votingStop.IsStopped
        ? ReplicaView.Of(kernel) with { Standing = Standing.Stopped }
        : ReplicaView.Of(kernel);

    // Its own seat may be voted with by another process, whose word about itself is not asked.
    private ulong? ReachedByOthers() => heights.Reached(
        [.. kernel.Set.Validators.Select(validator => validator.Address)], kernel.Set.Quorum, kernel.Set.FaultyMax);
}
