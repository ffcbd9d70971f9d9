using Ledger.Primitives;

namespace Ledger.Client.Records;

/// <summary>Makes the proofs for single slots of one record.</summary>
internal sealed class SlotProver
{
    private readonly CommittedRecord record;
    private readonly SlotHasher hasher;

    public SlotProver(CommittedRecord record, SlotHasher hasher)
    {
        this.record = record;
        this.hasher = hasher;
    }

    public IReadOnlyList<SlotProof> Prove(IEnumerable<string> pointers)
    {
        List<SlotProof> proofs = [];
        foreach (string pointer in pointers)
        {
            if (!SlotPlace.TryFind(record.Layout, pointer, out _))
            {
                throw new ArgumentException($"'{pointer}' is no slot of this kind of record.", nameof(pointers));
            }

            Descend(record.Root, record.Layout, pointer, [], proofs);
        }

        return [.. proofs.DistinctBy(proof => proof.Pointer, StringComparer.Ordinal)];
    }

    /// <summary>
    /// Goes down to the wanted slot or slots; <paramref name="above"/> is the path from this tree's root up.
    /// </summary>
    private void Descend(JsonCursor parent, SlotLayout layout, string wanted, Hash256[] above, List<SlotProof> proofs)
    {
        Hash256[] leaves = new Hash256[layout.LeafCount];
        hasher.Leaves(parent, layout, leaves);
        bool all = string.Equals(layout.Parent, wanted, StringComparison.Ordinal) && wanted.Length > 0;
        for (int position = 0; position < layout.Slots.Length; position++)
        {
            RecordSlot slot = layout.Slots[position];
            bool isSlot = string.Equals(slot.Pointer, wanted, StringComparison.Ordinal);
            bool isBelow = slot.Subtree is not null && SlotPlace.TryFind(slot.Subtree, wanted, out _);
            if (!all && !isSlot && !isBelow)
            {
                continue;
            }

            Hash256[] path = [.. PathOf(leaves, position), .. above];
            if (slot.Subtree is not null && parent.TryGet(slot.Name, out JsonCursor member))
            {
                Descend(member, slot.Subtree, isBelow ? wanted : slot.Pointer, path, proofs);
            }
            else
            {
                proofs.Add(Proof(parent, layout, slot, path));
            }
        }
    }

    private SlotProof Proof(JsonCursor parent, SlotLayout layout, RecordSlot slot, Hash256[] path)
    {
        byte[] slotSalt = new byte[RecordCommitment.SaltBytes];
        hasher.Salt(slot, slotSalt);
        ReadOnlySpan<byte> value = hasher.Value(parent, layout, slot);
        bool absent = value.IsEmpty || (slot.IsRest && value.SequenceEqual("{}"u8));
        // Without the type, null would become an empty value by way of an array.
        ReadOnlyMemory<byte>? shown = absent ? default(ReadOnlyMemory<byte>?) : value.ToArray();
        return new SlotProof(record.Type, slot.Pointer, shown, slotSalt, path);
    }

    private static Hash256[] PathOf(ReadOnlySpan<Hash256> leaves, int position)
    {
        List<Hash256> path = [];
        Hash256[] nodes = leaves.ToArray();
        Span<Hash256> level = nodes;
        for (int at = position; level.Length > 1; at >>= 1)
        {
            path.Add(level[at ^ 1]);
            SlotHasher.Fold(ref level);
        }

        return [.. path];
    }
}
