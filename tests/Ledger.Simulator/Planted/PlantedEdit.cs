namespace Ledger.Simulator.Planted;

/// <summary>In one file, a text that stands there exactly once and what takes its place.</summary>
public sealed record PlantedEdit(string File, string Old, string New);
