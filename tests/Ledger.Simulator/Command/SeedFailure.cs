namespace Ledger.Simulator.Command;

/// <summary>A seed that broke a promise: which checker found it, and what it said.</summary>
public sealed record SeedFailure(ulong Seed, int Nodes, string Checker, string Message);
