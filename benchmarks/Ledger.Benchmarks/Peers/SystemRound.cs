using Ledger.Benchmarks.Load;
using Ledger.Benchmarks.Results;
using Ledger.Benchmarks.Usage;

namespace Ledger.Benchmarks.Peers;

/// <summary>One system at one number of clients in one round.</summary>
public sealed record SystemRound
{
    /// <summary>The ledger with one record a transaction.</summary>
    public const string LedgerSingle = "ledger";

    /// <summary>The ledger with many.</summary>
    public const string LedgerBatched = "ledger-batched";

    /// <summary>The round, from 1.</summary>
    public required int Round { get; init; }

    /// <summary>The system.</summary>
    public required string System { get; init; }

    /// <summary>Clients.</summary>
    public required int Clients { get; init; }

    /// <summary>Transactions, puts or insertions a second.</summary>
    public required double TxPerS { get; init; }

    /// <summary>Records or values a second.</summary>
    public required double RecordsPerS { get; init; }

    /// <summary>From the intended begin to the answer.</summary>
    public required LatencyMs LatencyMs { get; init; }

    /// <summary>Processor time of all processes of the system for one of its transactions.</summary>
    public required double CpuMsPerTx { get; init; }

    /// <summary>Share of the processors that the load generator had.</summary>
    public required double ClientCpuShare { get; init; }

    /// <summary>Share that neither it nor the system had: the others, which rest, and the rest of the host.</summary>
    public required double ElsewhereCpuShare { get; init; }

    /// <summary>Whether it was ended early.</summary>
    public required bool Partial { get; init; }

    /// <summary>Puts the figures of a load together.</summary>
    public static SystemRound Of<T>(
        int number, string system, int clients, LoadRound<T> round, Func<T, UsageSnapshot> usage)
    {
        LoadMeasure measure = LoadMeasure.Of(round.Samples, round.Window);
        UsageSpan span = UsageSpan.Between(usage(round.Before), usage(round.After), Environment.ProcessorCount);
        return new SystemRound
        {
            Round = number,
            System = system,
            Clients = clients,
            TxPerS = Math.Round(measure.OperationsPerS, 2),
            RecordsPerS = Math.Round(measure.RecordsPerS, 2),
            LatencyMs = measure.LatencyMs,
            CpuMsPerTx = Math.Round(span.NodesCpuMsPer(measure.Operations), RunFigures.Decimals),
            ClientCpuShare = Math.Round(span.ClientCpuShare, 4),
            ElsewhereCpuShare = Math.Round(span.ElsewhereCpuShare, 4),
            Partial = round.IsPartial,
        };
    }
}
