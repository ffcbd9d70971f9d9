using Ledger.Workload;

namespace Ledger.Benchmarks.Replay;

/// <summary>The paper's workload on a running consortium.</summary>
public sealed class PaperReplay(ulong seed, bool native)
{
    /// <summary>The sample that is written.</summary>
    public PaperSample Sample { get; } = new(seed);

    /// <summary>Runs it. The cast stays with the caller.</summary>
    public async Task<ReplayResult> RunAsync(
        Cast cast, Func<int, IProgress<int>> beginProgress, CancellationToken cancellation)
    {
        MeasuredReplay replay = new(ReplayWork.Of(Sample, PlanTurn.First), seed, native);
        return (await replay.RunAsync(cast, beginProgress, cancellation)).Figures;
    }
}
