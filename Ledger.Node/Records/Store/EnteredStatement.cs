namespace Ledger.Node.Records;

/// <summary>A statement that stands in the table of records and has to be entered in the index.</summary>
/// <param name="Sequence">Its number there.</param>
/// <param name="Id">Its id, in lower case.</param>
/// <param name="Facts">What is kept beside its text.</param>
/// <param name="Authority">The name of the credential that brought it.</param>
internal sealed record EnteredStatement(long Sequence, string Id, StatementFacts Facts, string Authority);
