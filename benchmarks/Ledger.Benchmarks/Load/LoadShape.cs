namespace Ledger.Benchmarks.Load;

/// <summary>What kind of load was measured.</summary>
/// <param name="At">Where the clients handed in.</param>
/// <param name="Batch">Record insertions of a transaction.</param>
/// <param name="OfferedTxPerS">The rate of an open loop; null for a closed one.</param>
public sealed record LoadShape(LoadPlace At, int Batch, double? OfferedTxPerS)
{
    /// <summary>Transactions of one insertion, each when the last was answered.</summary>
    public static LoadShape Single(LoadPlace at) => new(at, 1, null);
}
