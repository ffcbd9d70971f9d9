using Ledger.Benchmarks.Limits;
using Ledger.Benchmarks.Load;
using Ledger.Benchmarks.Results;
using Ledger.Benchmarks.Usage;

namespace Ledger.Benchmarks.Soak;

/// <summary>A part of a long run: what was acknowledged in it.</summary>
/// <param name="EndS">When it ended, in seconds from the begin.</param>
/// <param name="TxPerS">Transactions a second.</param>
/// <param name="LatencyMs">Of those transactions, from the intended begin.</param>
/// <param name="CpuMsPerTx">Processor time of all validators for one.</param>
/// <param name="RssMb">Resident memory of the largest validator at the window's end.</param>
/// <param name="ClientCpuShare">Share of the processors that the load generator had, which signs meanwhile.</param>
/// <param name="ElsewhereCpuShare">Share that others had.</param>
/// <param name="StandstillMs">The longest time that the load generator itself stood still.</param>
/// <param name="Refused">Transactions that found no room.</param>
/// <param name="Host">How fast the host itself was; null where that was not measured.</param>
public sealed record SoakWindow(
    double EndS, double TxPerS, LatencyMs LatencyMs, double CpuMsPerTx, double RssMb, double ClientCpuShare,
    double ElsewhereCpuShare, double StandstillMs, long Refused, PaceFigures? Host)
{
    /// <summary>The figures of what was answered between two moments.</summary>
    public static SoakWindow Of(
        double endS, double seconds, IReadOnlyList<LoadSample> samples, UsageSpan usage, TimeSpan standstill,
        PaceFigures? host)
    {
        long[] spans = [.. samples.Where(static sample => !sample.IsRefused)
            .Select(static sample => sample.Completed - sample.Intended)];
        return new SoakWindow(
            Math.Round(endS, 1),
            Math.Round(spans.Length / seconds, 2),
            LatencyHistogram.FiguresOf(spans),
            Math.Round(usage.NodesCpuMsPer(spans.Length), RunFigures.Decimals),
            Math.Round(usage.ResidentBytesMax / (1024.0 * 1024.0), 1),
            Math.Round(usage.ClientCpuShare, 4),
            Math.Round(usage.ElsewhereCpuShare, 4),
            Math.Round(standstill.TotalMilliseconds, 1),
            samples.Count - spans.Length,
            host);
    }
}
