using Ledger.Consensus;
using Ledger.Node.Agreement;
using Ledger.Node.Api;

namespace Ledger.Node.Hosting;

/// <summary>
/// Looks at the kernel four times a second, on its thread: publishes where it stands, tells it how long work has waited
/// (C-20), and makes it lasting when it stops voting (S-8).
/// </summary>
public sealed class ReplicaWatch(
    ReplicaKernel kernel, KernelHost host, BlockAssembler assembler, VotingStop votingStop)
{
    private const int LooksPerSecond = 4;

    private volatile ReplicaView view = ReplicaView.Of(kernel);
    private int looks;

    /// <summary>Where agreement stood at the last look.</summary>
    public ReplicaView View => view;

    /// <summary>One look; on the kernel's thread.</summary>
    public void Look()
    {
        view = ReplicaView.Of(kernel);
        if (kernel.Standing == Standing.Stopped)
        {
            votingStop.Stop(kernel.Height);
        }

        looks = (looks + 1) % LooksPerSecond;
        if (looks == 0 && assembler.OldestWork() is TimeSpan age)
        {
            host.Post(new Input.OldestWork((ulong)(age.TotalMilliseconds / Ticks.MillisecondsPerTick)));
        }
    }
}
