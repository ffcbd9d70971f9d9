namespace Ledger.Simulator.Runs;

/// <summary>What a run simulates; all else follows from the seed.</summary>
public sealed record SimulationOptions
{
    /// <summary>Length of the phase with faults, in ticks: 60 virtual seconds.</summary>
    public const int FaultTicks = 3000;

    /// <summary>Commits that the phase with faults goes on for.</summary>
    public const ulong CommitsMin = 50;

    /// <summary>Decides everything.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Identities that have a seat now or at some time.</summary>
    public required int Nodes { get; init; }

    /// <summary>How many identities are adversaries; null leaves it to the seed.</summary>
    public int? Byzantine { get; init; }

    /// <summary>Whether what happens is written line by line.</summary>
    public Action<string>? Trace { get; init; }
}
