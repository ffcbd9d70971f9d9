namespace Ledger.Simulator.Planted;

/// <summary>Whether a planted bug was found: by which checker, and after how many seeds.</summary>
public sealed record PlantedResult(
    string Bug, int Number, string Kind, string What, bool Caught, string? Checker, long? SeedsNeeded, string? Message);
