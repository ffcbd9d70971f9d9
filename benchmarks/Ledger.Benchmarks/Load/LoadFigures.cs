using Ledger.Benchmarks.Limits;
using Ledger.Benchmarks.Results;

namespace Ledger.Benchmarks.Load;

/// <summary>The figures of one round at one number of clients.</summary>
public sealed record LoadFigures
{
    /// <summary>What every run has.</summary>
    [Flat]
    public required RunFigures Run { get; init; }

    /// <summary>Transactions of a block.</summary>
    public required double TxPerBlock { get; init; }

    /// <summary>Transactions that found no room.</summary>
    public required long Refused { get; init; }

    /// <summary>The longest time that the load generator itself stood still.</summary>
    public required double StandstillMs { get; init; }

    /// <summary>Seconds that were measured.</summary>
    public required double Seconds { get; init; }

    /// <summary>Whether the round was ended early.</summary>
    public required bool Partial { get; init; }

    /// <summary>Puts them together.</summary>
    public static LoadFigures Of(LoadRound<LedgerCounters> round, int clients, HostLimits limits)
    {
        LoadMeasure measure = LoadMeasure.Of(round.Samples, round.Window);
        ulong blocks = round.After.BlocksSince(round.Before);
        return new LoadFigures
        {
            Run = RunFigures.Of(clients, measure, round.Before, round.After, limits),
            TxPerBlock = blocks == 0 ? 0 : Math.Round((double)measure.Operations / blocks, RunFigures.Decimals),
            Refused = measure.Refused,
            StandstillMs = Math.Round(round.Standstill.TotalMilliseconds, 1),
            Seconds = Math.Round(measure.Seconds, 3),
            Partial = round.IsPartial,
        };
    }
}
