namespace Ledger.Simulator;

/// <summary>What a run simulates; all else follows from the seed.</summary>
public sealed record SimulationOptions
{
    /// <summary>Decides everything.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Validators of every set.</summary>
    public required int Nodes { get; init; }

    /// <summary>Length of the phase with faults, in ticks: 60 virtual seconds unless told.</summary>
    public int FaultTicks { get; init; } = 3000;

    /// <summary>Whether what happens is written line by line.</summary>
    public Action<string>? Trace { get; init; }

    /// <summary>Whether liars also send forged blocks to those who ask others.</summary>
    public bool LiarsInterfere { get; init; }
}
