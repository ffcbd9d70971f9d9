namespace Ledger.Benchmarks.Populating;

/// <summary>
/// Contracts that one transaction makes and indexes, or records that one transaction inserts, each contract a group of
/// its own.
/// </summary>
/// <param name="Contracts">The contracts, by learner and verb, in the order of their first record.</param>
/// <param name="Records">The records of each, in time order; none where contracts are made.</param>
public sealed record PopulationBatch(
    IReadOnlyList<(int Learner, int Verb)> Contracts, IReadOnlyList<IReadOnlyList<PreparedRecord>> Records)
{
    /// <summary>Records in all.</summary>
    public int RecordCount => Records.Sum(static records => records.Count);
}
