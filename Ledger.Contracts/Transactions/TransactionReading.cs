using System.Diagnostics.CodeAnalysis;

namespace Ledger.Contracts.Transactions;

/// <summary>A transaction, or why the bytes are none.</summary>
public readonly struct TransactionReading
{
    private TransactionReading(ParsedTransaction? transaction, TransactionRefusal? refusal)
    {
        Transaction = transaction;
        Refusal = refusal;
    }

    /// <summary>The transaction, where the bytes are one.</summary>
    public ParsedTransaction? Transaction { get; }

    /// <summary>Why the bytes are none.</summary>
    public TransactionRefusal? Refusal { get; }

    /// <summary>Whether there is a transaction.</summary>
    [MemberNotNullWhen(true, nameof(Transaction))]
    [MemberNotNullWhen(false, nameof(Refusal))]
    public bool IsRead => Transaction is not null;

    internal static TransactionReading Of(ParsedTransaction transaction) => new(transaction, null);

    internal static TransactionReading Refused(TransactionRefusal refusal) => new(null, refusal);
}
