namespace Ledger.Node.Records;

/// <summary>A statement that stands in the table of records and has to be entered in the index.</summary>
/// <param name="Sequence">Its number there.</param>
/// <param name="Keys">By what it is found.</param>
/// <param name="Voids">It voids its target.</param>
internal sealed record EnteredStatement(long Sequence, RecordKeys Keys, bool Voids);
