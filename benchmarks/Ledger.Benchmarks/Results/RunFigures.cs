using Ledger.Benchmarks.Limits;
using Ledger.Benchmarks.Load;
using Ledger.Benchmarks.Usage;

namespace Ledger.Benchmarks.Results;

/// <summary>
/// The figures that every run with a ledger has, under the same names. A transaction is what a client asks for and
/// waits for: where receipts are read, it is a read.
/// </summary>
public sealed record RunFigures
{
    /// <summary>Beyond these digits a figure is noise.</summary>
    public const int Decimals = 4;

    private const double Mega = 1024 * 1024;

    /// <summary>Validators.</summary>
    public required int Validators { get; init; }

    /// <summary>Clients.</summary>
    public required int Clients { get; init; }

    /// <summary>Transactions that were answered, a second.</summary>
    public required double TxPerS { get; init; }

    /// <summary>Records in them, a second.</summary>
    public required double RecordsPerS { get; init; }

    /// <summary>
    /// From the intended begin of a transaction to its answer, which comes when its block is committed.
    /// </summary>
    public required LatencyMs LatencyMs { get; init; }

    /// <summary>Processor time of all validators for a transaction.</summary>
    public required double CpuMsPerTx { get; init; }

    /// <summary>One verification of a signature, alone on the host.</summary>
    public required double VerifyUs { get; init; }

    /// <summary>Resident memory of the largest validator at the end.</summary>
    public required double RssMb { get; init; }

    /// <summary>L(n), the signature limit.</summary>
    public required double LimitTxPerS { get; init; }

    /// <summary>
    /// Transactions a second over L(n), of what the load generator left of the processors; null where nothing is
    /// signed.
    /// </summary>
    public required double? ShareOfLimit { get; init; }

    /// <summary>Median of an append of 512 bytes with fdatasync.</summary>
    public required double FdatasyncMsP50 { get; init; }

    /// <summary>Syncs of one node for one block; null where no block was made.</summary>
    public required double? SyncsPerBlock { get; init; }

    /// <summary>How many rounds the figures are medians of.</summary>
    public required int Rounds { get; init; }

    /// <summary>Share of the processors that the load generator had.</summary>
    public required double ClientCpuShare { get; init; }

    /// <summary>Share of the processors that neither it nor the validators had: what else ran on the host.</summary>
    public required double ElsewhereCpuShare { get; init; }

    /// <summary>Puts them together for one round.</summary>
    /// <param name="clients">Clients.</param>
    /// <param name="measure">What was answered, and when.</param>
    /// <param name="before">Counted at the round's begin.</param>
    /// <param name="after">Counted at its end.</param>
    /// <param name="limits">The host's limits.</param>
    public static RunFigures Of(
        int clients, LoadMeasure measure, LedgerCounters before, LedgerCounters after, HostLimits limits)
    {
        UsageSpan usage = UsageSpan.Between(before.Usage, after.Usage, Environment.ProcessorCount);
        int validators = after.Heights.Count;
        double limit = limits.LimitTxPerS(validators);
        return new RunFigures
        {
            Validators = validators,
            Clients = clients,
            TxPerS = Round(measure.OperationsPerS),
            RecordsPerS = Round(measure.RecordsPerS),
            LatencyMs = measure.LatencyMs,
            CpuMsPerTx = Round(usage.NodesCpuMsPer(measure.Operations)),
            VerifyUs = Round(limits.VerifyUs),
            RssMb = Round(usage.ResidentBytesMax / Mega),
            LimitTxPerS = Round(limit),
            ShareOfLimit = Round(ShareOf(measure.OperationsPerS, limit, usage.ClientCpuShare)),
            FdatasyncMsP50 = Round(limits.FdatasyncMsP50),
            SyncsPerBlock = after.BlocksSince(before) == 0 ? null : Round(after.SyncsPerBlockSince(before)),
            Rounds = 1,
            ClientCpuShare = Round(usage.ClientCpuShare),
            ElsewhereCpuShare = Round(usage.ElsewhereCpuShare),
        };
    }

    /// <summary>Medians over rounds of one kind, of which there is at least one; memory is the most of any.</summary>
    public static RunFigures MediansOf(IReadOnlyList<RunFigures> rounds)
    {
        double Median(Func<RunFigures, double> figure) => MedianInterval.MedianOf(rounds, figure);
        return new RunFigures
        {
            Validators = rounds[0].Validators,
            Clients = rounds[0].Clients,
            TxPerS = Median(round => round.TxPerS),
            RecordsPerS = Median(round => round.RecordsPerS),
            LatencyMs = LatencyMs.MediansOf([.. rounds.Select(round => round.LatencyMs)]),
            CpuMsPerTx = Median(round => round.CpuMsPerTx),
            VerifyUs = Median(round => round.VerifyUs),
            RssMb = rounds.Max(round => round.RssMb),
            LimitTxPerS = Median(round => round.LimitTxPerS),
            ShareOfLimit = MedianInterval.MedianOfSome(rounds, round => round.ShareOfLimit),
            FdatasyncMsP50 = Median(round => round.FdatasyncMsP50),
            SyncsPerBlock = MedianInterval.MedianOfSome(rounds, round => round.SyncsPerBlock),
            Rounds = rounds.Count,
            ClientCpuShare = Median(round => round.ClientCpuShare),
            ElsewhereCpuShare = Median(round => round.ElsewhereCpuShare),
        };
    }

    /// <summary>
    /// The share of the limit: the limit is of all processors, and the load generator takes its part of them, which
    /// machines of an institution's clients would bear.
    /// </summary>
    public static double ShareOf(double txPerS, double limitTxPerS, double clientCpuShare) =>
        clientCpuShare < 1 && limitTxPerS > 0 ? txPerS / (limitTxPerS * (1 - clientCpuShare)) : 0;

    private static double Round(double figure) => Math.Round(figure, Decimals);
}
