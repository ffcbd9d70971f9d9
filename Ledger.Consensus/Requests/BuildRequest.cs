using Ledger.Primitives;

namespace Ledger.Consensus;

/// <summary>What a new block must fit (C-1). Its time is max(local clock, parent's time + 1).</summary>
public sealed record BuildRequest(
    ulong Height, ulong View, ulong Epoch, Hash256 ParentHash, long ParentTimeUnixMs, Hash256 ValidatorsHash);
