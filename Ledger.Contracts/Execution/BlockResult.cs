using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.Contracts.Execution;

/// <summary>What executing a block gives: the new state, the roots for the header, and what a node stores.</summary>
public sealed record BlockResult
{
    /// <summary>The state after the block.</summary>
    public required LedgerState State { get; init; }

    /// <summary>The root of the state.</summary>
    public required Hash256 StateRoot { get; init; }

    /// <summary>The root over the leaves of <see cref="Receipts"/>.</summary>
    public required Hash256 ReceiptRoot { get; init; }

    /// <summary>The root over the block leaves of the transactions.</summary>
    public required Hash256 TransactionRoot { get; init; }

    /// <summary>
    /// How many of the transactions this is the result of: all, or as many as the limit on a block's work allows.
    /// </summary>
    public required int TransactionCount { get; init; }

    /// <summary>The work of all operations.</summary>
    public required ulong WorkUnits { get; init; }

    /// <summary>One for each operation, in the order of the block.</summary>
    public required IReadOnlyList<OperationReceipt> Receipts { get; init; }

    /// <summary>The values that changed, each key once, in ascending order of key hash.</summary>
    public required IReadOnlyList<StateChange> Changes { get; init; }

    /// <summary>What was appended to ranges, in the order of the block.</summary>
    public required IReadOnlyList<AppendedLeaf> Leaves { get; init; }

    /// <summary>The same leaves by range, with the ranges' new values: these are among the changes too.</summary>
    public required IReadOnlyList<GrownRange> Grown { get; init; }

    /// <summary>The records that were erased, in the order of the block; each is of a block before.</summary>
    public required IReadOnlyList<ErasedLeaf> Erased { get; init; }

    /// <summary>The records among the leaves.</summary>
    public IReadOnlyList<AppendedRecord> Records => [.. Leaves.OfType<AppendedRecord>()];

    /// <summary>What happened, in order.</summary>
    public required IReadOnlyList<ContractEvent> Events { get; init; }

    /// <summary>The validators of the next block, in ascending order of address.</summary>
    public required IReadOnlyList<ValidatorSeat> NextValidators { get; init; }
}
