namespace Ledger.Contracts.Verbs;

/// <summary>A verb with a code. Ids from 0 are Caliper's, from 1000 xAPI's.</summary>
public sealed record Verb(int Id, string Vocabulary, string Label, string Iri);
