namespace Ledger.Benchmarks.Payload;

/// <summary>What a transaction holds.</summary>
/// <param name="Insertions">Insertions, each a group of its own, of a random learner and verb.</param>
/// <param name="RecordsOfInsertion">Records of each.</param>
public sealed record TransactionShape(int Insertions, int RecordsOfInsertion)
{
    /// <summary>
    /// Brings the most records onto the ledger for the least work: within a transaction's 256 KiB and its work.
    /// </summary>
    public static TransactionShape Filling { get; } = new(128, 8);

    /// <summary>Records of a transaction.</summary>
    public int Records => Insertions * RecordsOfInsertion;
}
