namespace Ledger.Node.Records;

/// <summary>An activity that a statement describes.</summary>
/// <param name="Id">Its IRI.</param>
/// <param name="Definition">What is said of it, in canonical spelling.</param>
public sealed record SeenActivity(string Id, ReadOnlyMemory<byte> Definition);
