namespace Ledger.Node.Records;

/// <summary>A row of the table of records, as it stands there.</summary>
/// <param name="Record">The record; erased where nobody opens its content any more, or damaged.</param>
/// <param name="State">The state that stands in the row.</param>
/// <param name="KeyId">The id of the key that sealed the content; null where there is none.</param>
internal readonly record struct StoredRow(StoredRecord Record, RecordState State, long? KeyId);
