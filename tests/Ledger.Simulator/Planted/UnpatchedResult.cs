namespace Ledger.Simulator.Planted;

/// <summary>
/// The same seeds without a bug, as many as the hardest bug needed: what fails there is no catch of any bug.
/// </summary>
public sealed record UnpatchedResult(long Seeds, bool Passed, string? Message);
