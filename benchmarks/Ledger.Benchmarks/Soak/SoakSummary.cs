using Ledger.Benchmarks.Results;

namespace Ledger.Benchmarks.Soak;

/// <summary>A long run in one line.</summary>
public sealed record SoakSummary
{
    /// <summary>Validators.</summary>
    public required int Validators { get; init; }

    /// <summary>Streams of the open loop.</summary>
    public required int Clients { get; init; }

    /// <summary>What the same clients reached in a closed loop before.</summary>
    public required double SaturatedTxPerS { get; init; }

    /// <summary>The rate that was offered.</summary>
    public required double OfferedTxPerS { get; init; }

    /// <summary>The rate that was acknowledged.</summary>
    public required double TxPerS { get; init; }

    /// <summary>Records in it.</summary>
    public required double RecordsPerS { get; init; }

    /// <summary>Of all transactions.</summary>
    public required LatencyMs LatencyMs { get; init; }

    /// <summary>Median of the windows.</summary>
    public required double CpuMsPerTx { get; init; }

    /// <summary>One verification, before the run.</summary>
    public required double VerifyUs { get; init; }

    /// <summary>The most that a validator held at the end of a window.</summary>
    public required double RssMb { get; init; }

    /// <summary>L(n), before the run.</summary>
    public required double LimitTxPerS { get; init; }

    /// <summary>Share of L(n), by the median of the client's share of the processors.</summary>
    public required double ShareOfLimit { get; init; }

    /// <summary>An append with fdatasync, before the run.</summary>
    public required double FdatasyncMsP50 { get; init; }

    /// <summary>Syncs of one node for one block.</summary>
    public required double SyncsPerBlock { get; init; }

    /// <summary>One: a long run is not repeated.</summary>
    public required int Rounds { get; init; }

    /// <summary>Minutes that were measured.</summary>
    public required double Minutes { get; init; }

    /// <summary>Resident memory, in MB.</summary>
    public required Drift? RssDrift { get; init; }

    /// <summary>99th percentile of latency, in ms.</summary>
    public required Drift? P99Drift { get; init; }

    /// <summary>Processor time of a transaction, in ms.</summary>
    public required Drift? CpuDrift { get; init; }
}
