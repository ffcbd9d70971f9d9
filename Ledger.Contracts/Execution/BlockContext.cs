using Ledger.Primitives;

namespace Ledger.Contracts.Execution;

/// <summary>
/// What contracts know of the block they run in. Time is the block's, in ms since 1970-01-01 UTC; heads are those of
/// the blocks before it.
/// </summary>
public sealed record BlockContext(ulong Height, long TimeUnixMs, Hash256 ChainId, RecentHeads Heads)
{
    /// <summary>The newest rules that the program knows; a program of later rules says so here.</summary>
    public uint NewestRules { get; init; } = RulesVersions.Newest;
}
