namespace Ledger.Node.Records.Import;

/// <summary>A line that was not taken in, and why.</summary>
/// <param name="Number">Its number in the file.</param>
/// <param name="Path">Where it breaks a rule, as a JSON pointer within the record.</param>
/// <param name="Rule">The rule's name.</param>
/// <param name="Message">What is wrong.</param>
public sealed record LineRefusal(ulong Number, string Path, string Rule, string Message);
