using Ledger.Benchmarks.Results;

namespace Ledger.Benchmarks.Soak;

/// <summary>A long run in one line.</summary>
public sealed record SoakSummary
{
    /// <summary>
    /// What every run has, over all windows; memory is the most that a validator held at a window's end.
    /// </summary>
    [Flat]
    public required RunFigures Run { get; init; }

    /// <summary>What the same clients reached in a closed loop before.</summary>
    public required double SaturatedTxPerS { get; init; }

    /// <summary>The rate that was offered.</summary>
    public required double OfferedTxPerS { get; init; }

    /// <summary>Minutes that were measured.</summary>
    public required double Minutes { get; init; }

    /// <summary>Resident memory, in MB.</summary>
    public required Drift? RssDrift { get; init; }

    /// <summary>99th percentile of latency, in ms.</summary>
    public required Drift? P99Drift { get; init; }

    /// <summary>Processor time of a transaction, in ms.</summary>
    public required Drift? CpuDrift { get; init; }

    /// <summary>A verification on this host meanwhile, in us of a thread's processor time.</summary>
    public required Drift? HostVerifyDrift { get; init; }

    /// <summary>A read of memory that stands in no cache, in ns of a thread's processor time.</summary>
    public required Drift? HostReadDrift { get; init; }
}
