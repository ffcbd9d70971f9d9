using Ledger.Contracts.Transactions;

namespace Ledger.Node.Gossip;

/// <summary>What became of a transaction that was handed in.</summary>
/// <param name="Kind">The answer.</param>
/// <param name="Transaction">The transaction, where the bytes are one.</param>
/// <param name="Refusal">Why it was refused.</param>
public readonly record struct IntakeAnswer(IntakeKind Kind, ParsedTransaction? Transaction, TransactionRefusal? Refusal)
{
    /// <summary>It is new and waits for a block.</summary>
    public static IntakeAnswer Added(ParsedTransaction transaction) => new(IntakeKind.Added, transaction, null);

    /// <summary>It waits already, or was decided a short while ago.</summary>
    public static IntakeAnswer Known(ParsedTransaction transaction) => new(IntakeKind.Known, transaction, null);

    /// <summary>There is no room.</summary>
    public static IntakeAnswer PoolFull(ParsedTransaction transaction) => new(IntakeKind.PoolFull, transaction, null);

    /// <summary>A rule refused it.</summary>
    public static IntakeAnswer Refused(ParsedTransaction? transaction, TransactionRefusal refusal) =>
        new(IntakeKind.Refused, transaction, refusal);
}
