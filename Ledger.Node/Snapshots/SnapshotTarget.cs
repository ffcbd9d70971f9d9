using Ledger.Consensus;
using Ledger.Contracts.Protos;
using Ledger.Primitives;

namespace Ledger.Node.Snapshots;

/// <summary>The snapshot that is fetched: a block that is decided, on a chain that is proved.</summary>
/// <param name="Block">Header and certificate.</param>
/// <param name="Header">The header, read.</param>
/// <param name="Chain">The sets of its chain.</param>
/// <param name="Bytes">About how large it is, as a peer says.</param>
public sealed record SnapshotTarget(CertifiedHeader Block, BlockHeader Header, CertifiedChain Chain, ulong Bytes)
{
    /// <summary>Its hash.</summary>
    public Hash256 BlockHash => BlockHeader.HashOf(Block.Header.Span);
}
