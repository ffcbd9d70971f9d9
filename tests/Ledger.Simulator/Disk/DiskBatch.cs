using System.Collections.Immutable;
using Ledger.Consensus;
using Ledger.Simulator.Chance;

namespace Ledger.Simulator.Disk;

/// <summary>What is written at once: a record of the log with a checksum over all of it.</summary>
public sealed class DiskBatch(ImmutableArray<StoredItem> items, ReadOnlyMemory<byte> voteState, BlockRecord? block)
{
    private byte[]? image;
    private ulong checksum;

    /// <summary>Items of the height in flight.</summary>
    public ImmutableArray<StoredItem> Items => items;

    /// <summary>The vote state, empty where it stays as it is.</summary>
    public ReadOnlyMemory<byte> VoteState => voteState;

    /// <summary>The decided block, if it is a commit.</summary>
    public BlockRecord? Block => block;

    /// <summary>Whether the log holds all of it.</summary>
    public bool IsIntact => image is null || Mix64.Of(0, image) == checksum;

    /// <summary>Leaves a part of it on the disk, perhaps followed by what was there before.</summary>
    public void Tear(Prng prng)
    {
        byte[] whole = [.. items.SelectMany(item => item.Bytes.ToArray()), .. voteState.Span,
            .. block is null ? default : block.Block.HeaderBytes.Span, 0];
        checksum = Mix64.Of(0, whole);
        int kept = prng.Below(whole.Length);
        if (prng.Chance(500))
        {
            image = whole[..kept];
            return;
        }

        for (int at = kept; at < whole.Length; at++)
        {
            whole[at] ^= (byte)(1 + prng.Below(255));
        }

        image = whole;
    }
}
