using Ledger.Benchmarks.Limits;
using Ledger.Benchmarks.Results;
using Ledger.Benchmarks.Usage;

namespace Ledger.Benchmarks.Load;

/// <summary>The figures of one round at one number of clients.</summary>
public sealed record LoadFigures
{
    /// <summary>Committed transactions a second.</summary>
    public required double TxPerS { get; init; }

    /// <summary>Records in them a second.</summary>
    public required double RecordsPerS { get; init; }

    /// <summary>From the intended begin to the acknowledgement, which comes when the block is committed.</summary>
    public required LatencyMs LatencyMs { get; init; }

    /// <summary>Processor time of all validators for one committed transaction.</summary>
    public required double CpuMsPerTx { get; init; }

    /// <summary>One verification of a signature, measured before and after this load.</summary>
    public required double VerifyUs { get; init; }

    /// <summary>Resident memory of the largest validator.</summary>
    public required double RssMb { get; init; }

    /// <summary>L(n), measured before and after this load.</summary>
    public required double LimitTxPerS { get; init; }

    /// <summary>
    /// Transactions a second over L(n), of what the load generator left of the processors.
    /// </summary>
    public required double ShareOfLimit { get; init; }

    /// <summary>An append of 512 bytes with fdatasync, measured before and after this load.</summary>
    public required double FdatasyncMsP50 { get; init; }

    /// <summary>Syncs of one node for one block.</summary>
    public required double SyncsPerBlock { get; init; }

    /// <summary>Transactions of a block.</summary>
    public required double TxPerBlock { get; init; }

    /// <summary>Share of the processors that the load generator had.</summary>
    public required double ClientCpuShare { get; init; }

    /// <summary>Share of the processors that neither it nor the validators had: what else ran on the host.</summary>
    public required double ElsewhereCpuShare { get; init; }

    /// <summary>Transactions that found no room.</summary>
    public required long Refused { get; init; }

    /// <summary>The longest time that the load generator itself stood still.</summary>
    public required double StandstillMs { get; init; }

    /// <summary>Seconds that were measured.</summary>
    public required double Seconds { get; init; }

    /// <summary>Whether the round was ended early.</summary>
    public required bool Partial { get; init; }

    /// <summary>Puts them together.</summary>
    public static LoadFigures Of(
        LoadRound<LedgerCounters> round, HostLimits limits, int validators, int cores)
    {
        LoadMeasure measure = LoadMeasure.Of(round.Samples, round.Window);
        UsageSpan usage = UsageSpan.Between(round.Before.Usage, round.After.Usage, cores);
        double limit = limits.LimitTxPerS(validators);
        ulong blocks = round.After.BlocksSince(round.Before);
        return new LoadFigures
        {
            TxPerS = Math.Round(measure.OperationsPerS, 2),
            RecordsPerS = Math.Round(measure.RecordsPerS, 2),
            LatencyMs = measure.LatencyMs,
            CpuMsPerTx = measure.Operations == 0
                ? 0
                : Math.Round(usage.NodesCpu.TotalMilliseconds / measure.Operations, 4),
            VerifyUs = Math.Round(limits.VerifyUs, 2),
            RssMb = Math.Round(usage.ResidentBytesMax / (1024.0 * 1024.0), 1),
            LimitTxPerS = Math.Round(limit, 1),
            ShareOfLimit = Math.Round(ShareOf(measure.OperationsPerS, limit, usage.ClientCpuShare), 4),
            FdatasyncMsP50 = Math.Round(limits.FdatasyncMsP50, 3),
            SyncsPerBlock = Math.Round(round.After.SyncsPerBlockSince(round.Before), 3),
            TxPerBlock = blocks == 0 ? 0 : Math.Round((double)measure.Operations / blocks, 2),
            ClientCpuShare = Math.Round(usage.ClientCpuShare, 4),
            ElsewhereCpuShare = Math.Round(usage.ElsewhereCpuShare, 4),
            Refused = measure.Refused,
            StandstillMs = Math.Round(round.Standstill.TotalMilliseconds, 1),
            Seconds = Math.Round(measure.Seconds, 3),
            Partial = round.IsPartial,
        };
    }

    /// <summary>
    /// The share of the limit: the limit is of all processors, and the load generator takes its part of them, which
    /// machines of an institution's clients would bear.
    /// </summary>
    public static double ShareOf(double txPerS, double limitTxPerS, double clientCpuShare) =>
        clientCpuShare < 1 && limitTxPerS > 0 ? txPerS / (limitTxPerS * (1 - clientCpuShare)) : 0;
}
