namespace Ledger.Workload;

/// <summary>One line of <c>verbs.csv</c>.</summary>
/// <param name="Id">The compact code: Caliper actions from 0, xAPI verbs from 1000.</param>
/// <param name="Vocabulary"><c>caliper</c> or <c>xapi</c>.</param>
/// <param name="Label">The name shown to people. Several verbs may share one, so it is never a key.</param>
/// <param name="Iri">The key of the verb.</param>
public sealed record Verb(int Id, string Vocabulary, string Label, string Iri);
