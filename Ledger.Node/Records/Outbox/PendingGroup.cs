namespace Ledger.Node.Records;

/// <summary>Records that wait for the ledger, of one actor and one verb, in the order of intake.</summary>
public sealed record PendingGroup(string ActorKey, string VerbIri, IReadOnlyList<StoredRecord> Records);
