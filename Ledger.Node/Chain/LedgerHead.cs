using Ledger.Consensus;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.Node.Chain;

/// <summary>
/// The newest decided block and the state after it. Immutable: readers hold one and see one height throughout.
/// </summary>
/// <param name="Header">Its header.</param>
/// <param name="BlockHash">Its hash.</param>
/// <param name="State">The state after it.</param>
/// <param name="NextSet">The validators of the next height.</param>
/// <param name="NextEpoch">The epoch of the next height.</param>
/// <param name="View">The view of its certificate; 0 for genesis.</param>
public sealed record LedgerHead(
    BlockHeader Header, Hash256 BlockHash, LedgerState State, ValidatorSet NextSet, ulong NextEpoch, ulong View)
{
    /// <summary>Its height.</summary>
    public ulong Height => Header.Height;

    /// <summary>The time of the next block at the earliest, by a clock: ms since 1970-01-01 UTC .</summary>
    public long NextTimeUnixMs(TimeProvider time) =>
        Math.Max(time.GetUtcNow().ToUnixTimeMilliseconds(), Header.TimeUnixMs + 1);
}
