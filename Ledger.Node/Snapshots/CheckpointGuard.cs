using System.Collections.Immutable;
using Ledger.Consensus;

namespace Ledger.Node.Snapshots;

/// <summary>
/// Lets no other block be decided at the checkpoint's height than the trusted one, also where a node goes block by
/// block.
/// </summary>
public sealed class CheckpointGuard(IBlockStore store, TrustedCheckpoint checkpoint) : IBlockStore
{
    /// <inheritdoc/>
    public void Persist(ImmutableArray<StoredItem> items, ReadOnlyMemory<byte> voteState, bool synced) =>
        store.Persist(items, voteState, synced);

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The chain is not the trusted one; the process must stop.</exception>
    public void Commit(ProposalBlock block, Certificate certificate, ValidatorSet nextSet)
    {
        if (block.Height == checkpoint.Height && block.Hash != checkpoint.BlockHash)
        {
            throw new InvalidDataException(
                $"The chain that peers show does not contain the trusted checkpoint: block {block.Height} has the hash "
                + $"{block.Hash} there, and {checkpoint.BlockHash} is trusted. Ask again for a checkpoint at an "
                + "institution that you trust. If this one is right, your peers show a false history: move the data "
                + "folder away, and start the node with other peers.");
        }

        store.Commit(block, certificate, nextSet);
    }
}
