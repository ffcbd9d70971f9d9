namespace Ledger.Node.Records.Import;

/// <summary>Why a record was not taken in.</summary>
/// <param name="Record">The record.</param>
/// <param name="Path">Where it breaks a rule, as a JSON pointer within the record.</param>
/// <param name="Rule">The rule's name.</param>
/// <param name="Message">What is wrong.</param>
internal sealed record RecordRefusal(GivenRecord Record, string Path, string Rule, string Message);
