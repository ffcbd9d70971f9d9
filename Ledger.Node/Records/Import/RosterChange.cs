namespace Ledger.Node.Records.Import;

/// <summary>What keeping classes changed.</summary>
/// <param name="Added">Classes that are new.</param>
/// <param name="Changed">Classes that were otherwise before.</param>
/// <param name="Unchanged">Classes that are as they were.</param>
public sealed record RosterChange(int Added, int Changed, int Unchanged);
