using Ledger.Benchmarks.Limits;
using Ledger.Benchmarks.Load;
using Ledger.Benchmarks.Usage;

namespace Ledger.Benchmarks.Results;

/// <summary>The figures that every run with a ledger has, beside its own.</summary>
public sealed record RunFigures
{
    private const double Mega = 1024 * 1024;
    private const int Decimals = 4;

    /// <summary>Clients.</summary>
    public required int Clients { get; init; }

    /// <summary>Decided transactions a second.</summary>
    public required double TxPerS { get; init; }

    /// <summary>Records in them a second.</summary>
    public required double RecordsPerS { get; init; }

    /// <summary>From the intended begin of a transaction to its decision.</summary>
    public required LatencyMs LatencyMs { get; init; }

    /// <summary>Processor time of all validators for a transaction.</summary>
    public required double CpuMsPerTx { get; init; }

    /// <summary>One verification, measured before the run.</summary>
    public required double VerifyUs { get; init; }

    /// <summary>Resident memory of the largest validator at the end.</summary>
    public required double RssMb { get; init; }

    /// <summary>L(n).</summary>
    public required double LimitTxPerS { get; init; }

    /// <summary>Transactions a second over L(n), of what the client left of the processors.</summary>
    public required double ShareOfLimit { get; init; }

    /// <summary>Median of an append of 512 bytes with fdatasync.</summary>
    public required double FdatasyncMsP50 { get; init; }

    /// <summary>Syncs of one node for one block.</summary>
    public required double SyncsPerBlock { get; init; }

    /// <summary>Rounds.</summary>
    public required int Rounds { get; init; }

    /// <summary>Share of the processors that the client had.</summary>
    public required double ClientCpuShare { get; init; }

    /// <summary>Share that neither it nor the validators had.</summary>
    public required double ElsewhereCpuShare { get; init; }

    /// <summary>Puts them together for one run.</summary>
    /// <param name="before">Counted at its begin.</param>
    /// <param name="after">Counted at its end.</param>
    /// <param name="limits">The host's limits.</param>
    /// <param name="transactions">Transactions that were decided.</param>
    /// <param name="records">Records in them.</param>
    /// <param name="elapsedS">Seconds that they took.</param>
    /// <param name="latencies">How long each took.</param>
    public static RunFigures Of(
        LedgerCounters before,
        LedgerCounters after,
        HostLimits limits,
        int transactions,
        int records,
        double elapsedS,
        LatencyHistogram latencies)
    {
        UsageSpan usage = UsageSpan.Between(before.Usage, after.Usage, Environment.ProcessorCount);
        int validators = after.Heights.Count;
        double rate = transactions / elapsedS;
        double limit = limits.LimitTxPerS(validators);
        return new RunFigures
        {
            Clients = validators,
            TxPerS = Math.Round(rate, Decimals),
            RecordsPerS = Math.Round(records / elapsedS, Decimals),
            LatencyMs = latencies.Figures(),
            CpuMsPerTx = Math.Round(usage.NodesCpu.TotalMilliseconds / transactions, Decimals),
            VerifyUs = Math.Round(limits.VerifyUs, Decimals),
            RssMb = Math.Round(usage.ResidentBytesMax / Mega, Decimals),
            LimitTxPerS = Math.Round(limit, Decimals),
            ShareOfLimit = Math.Round(LoadFigures.ShareOf(rate, limit, usage.ClientCpuShare), Decimals),
            FdatasyncMsP50 = Math.Round(limits.FdatasyncMsP50, Decimals),
            SyncsPerBlock = Math.Round(after.SyncsPerBlockSince(before), Decimals),
            Rounds = 1,
            ClientCpuShare = Math.Round(usage.ClientCpuShare, Decimals),
            ElsewhereCpuShare = Math.Round(usage.ElsewhereCpuShare, Decimals),
        };
    }
}
