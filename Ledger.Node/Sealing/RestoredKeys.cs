namespace Ledger.Node.Sealing;

/// <summary>What putting back a copy of the keys has done.</summary>
/// <param name="Aside">Where the file lies that was set aside for the copy; null where none was.</param>
/// <param name="Added">How many keys are there that were not before.</param>
public sealed record RestoredKeys(string? Aside, int Added);
