namespace Ledger.Node.Erasure.Retention;

/// <summary>Records that are kept for one period.</summary>
/// <param name="Name">What the institution calls them.</param>
/// <param name="Verbs">The exact IRIs of their verbs, one at least.</param>
/// <param name="Days">How long after they were stored they are erased.</param>
public sealed record RetentionClass(string Name, IReadOnlyList<string> Verbs, int Days);
