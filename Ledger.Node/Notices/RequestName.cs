namespace Ledger.Node.Notices;

/// <summary>A request to one learner, by which it is told once.</summary>
/// <param name="Verb">The exact IRI of the verb.</param>
/// <param name="Number">Its number within the contract.</param>
public sealed record RequestName(string Verb, ulong Number);
