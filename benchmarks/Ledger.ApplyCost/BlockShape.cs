namespace Ledger.ApplyCost;

/// <summary>What the blocks of a measurement hold: insertions in transactions of equal size.</summary>
/// <param name="Transactions">Transactions of a block.</param>
/// <param name="Operations">Operations of a transaction, each a group of its own.</param>
/// <param name="RecordsOfOperation">Records of an operation.</param>
public sealed record BlockShape(int Transactions, int Operations, int RecordsOfOperation)
{
    /// <summary>A full block of single records, a smaller one, and one of operations with eight records each.</summary>
    public static IReadOnlyList<BlockShape> All { get; } = [new(64, 256, 1), new(16, 256, 1), new(16, 128, 8)];

    /// <summary>Operations of a block.</summary>
    public int OperationsOfBlock => Transactions * Operations;

    /// <inheritdoc/>
    public override string ToString() => $"{OperationsOfBlock} x {RecordsOfOperation}";
}
