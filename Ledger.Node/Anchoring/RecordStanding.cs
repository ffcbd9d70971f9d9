namespace Ledger.Node.Anchoring;

/// <summary>How far a record is on its way to the ledger, as people and tools are told.</summary>
/// <param name="State">
/// stored, not-enrolled, opted-out, submitted, anchored, refused or erased.
/// </param>
/// <param name="Why">What it waits for, as a sentence; empty where that is the next transaction, or nothing.</param>
public sealed record RecordStanding(string State, string Why);
