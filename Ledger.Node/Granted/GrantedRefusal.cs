namespace Ledger.Node.Granted;

/// <summary>Why there is no answer, whole or not at all.</summary>
/// <param name="Status">The status of HTTP.</param>
/// <param name="Code">The rule.</param>
/// <param name="Sentence">Which box, and what it said or did.</param>
public sealed record GrantedRefusal(int Status, string Code, string Sentence);
