using Ledger.Consensus;

namespace Ledger.Node.Pool;

/// <summary>What a block may hold (section 6 of the protocol). A proposal beyond them is invalid.</summary>
public static class BlockLimits
{
    /// <summary>Transactions of a block.</summary>
    public const int TransactionsMax = ProposalBlock.LeavesMax;

    /// <summary>Bodies of a block, so that a block is fetched in one frame.</summary>
    public const long BytesMax = 4 * 1024 * 1024;

    /// <summary>Operations of a block, so that executing it stays well under the first time-out.</summary>
    public const long OperationsMax = 16_384;

    /// <summary>A fresh proposal's time lies within this of the local clock (C-2).</summary>
    public const long ClockSkewMsMax = 10_000;
}
