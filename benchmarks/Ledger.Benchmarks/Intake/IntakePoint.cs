using Ledger.Benchmarks.Load;
using Ledger.Benchmarks.Results;
using Ledger.Benchmarks.Usage;

namespace Ledger.Benchmarks.Intake;

/// <summary>What one phase of <c>bench intake</c> gave.</summary>
public sealed record IntakePoint
{
    private const double Mega = 1024 * 1024;

    /// <summary>What was done.</summary>
    public required string Phase { get; init; }

    /// <summary>Clients that waited for their answers; 0 in an open loop.</summary>
    public required int Clients { get; init; }

    /// <summary>Requests that were answered in the measured time.</summary>
    public required long Requests { get; init; }

    /// <summary>Records in them: handed in, or given.</summary>
    public required long Records { get; init; }

    /// <summary>The measured time.</summary>
    public required double ElapsedS { get; init; }

    /// <summary>Requests a second.</summary>
    public required double TxPerS { get; init; }

    /// <summary>Records a second.</summary>
    public required double RecordsPerS { get; init; }

    /// <summary>From a request's intended begin to its whole answer.</summary>
    public required LatencyMs LatencyMs { get; init; }

    /// <summary>Processor time of the store for a request.</summary>
    public required double CpuMsPerTx { get; init; }

    /// <summary>Resident memory of the store at the end of the phase.</summary>
    public required double RssMb { get; init; }

    /// <summary>Share of the processors that the load generator had.</summary>
    public required double ClientCpuShare { get; init; }

    /// <summary>Share that neither it nor the store had: what else ran on the host.</summary>
    public required double ElsewhereCpuShare { get; init; }

    /// <summary>Puts one together.</summary>
    public static IntakePoint Of(
        string phase, int clients, LoadMeasure measure, UsageSnapshot before, UsageSnapshot after)
    {
        UsageSpan usage = UsageSpan.Between(before, after, Environment.ProcessorCount);
        return new IntakePoint
        {
            Phase = phase,
            Clients = clients,
            Requests = measure.Operations,
            Records = measure.Records,
            ElapsedS = Round(measure.Seconds),
            TxPerS = Round(measure.OperationsPerS),
            RecordsPerS = Round(measure.RecordsPerS),
            LatencyMs = measure.LatencyMs,
            CpuMsPerTx = Round(usage.NodesCpuMsPer(measure.Operations)),
            RssMb = Round(usage.ResidentBytesMax / Mega),
            ClientCpuShare = Round(usage.ClientCpuShare),
            ElsewhereCpuShare = Round(usage.ElsewhereCpuShare),
        };
    }

    private static double Round(double figure) => Math.Round(figure, RunFigures.Decimals);
}
