using Ledger.Benchmarks.Running;
using Ledger.Devnet;
using Ledger.Workload;

namespace Ledger.Benchmarks.Replay;

/// <summary>
/// Has nodes do the paper's work for other learners until its code is compiled, and waits until they are at rest: what
/// is called often is compiled anew, beside the work and for seconds after it.
/// </summary>
public static class NodeHeating
{
    /// <summary>After so many most of what is called has been called often enough.</summary>
    private const int Heatings = 4;

    /// <summary>Heats; each heating has a seed of its own, from the given one on.</summary>
    public static async Task RunAsync(
        LocalConsortium consortium, bool native, ulong seed, CancellationToken cancellation)
    {
        for (int heating = 0; heating < Heatings; heating++)
        {
            ulong own = unchecked(seed + (ulong)heating);
            ReplayWork work = ReplayWork.Of(new PaperSample(own), PlanTurn.Heating);
            using Cast cast = new(consortium, work.LearnerCount);
            await new MeasuredReplay(work, own, native).RunAsync(cast, static _ => new Progress<int>(), cancellation);
        }

        await NodesAtRest.WaitAsync(consortium.Plan.Nodes, cancellation);
    }
}
