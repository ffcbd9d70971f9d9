namespace Ledger.Simulator.Planted;

/// <summary>All planted bugs, as they stand in the JSON file; the tree without bugs comes last.</summary>
public sealed record PlantedReport(
    string Commit, long SeedsMax, string Nodes, IReadOnlyList<PlantedResult> Bugs, UnpatchedResult? Unpatched);
