using Ledger.Simulator.Runs;

namespace Ledger.Simulator.Command;

/// <summary>What became of a seed: a result, or a failure.</summary>
public sealed record SeedOutcome(ulong Seed, int Nodes, SimulationResult? Result, FailureRecord? Failure);
