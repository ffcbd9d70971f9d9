using System.Buffers;
using System.Security.Cryptography;
using Ledger.Primitives;

namespace Ledger.Client.Records;

/// <summary>Computes the leaves and roots of a record's slot trees under one record salt.</summary>
internal sealed class SlotHasher : IDisposable
{
    private readonly CommittedRecord record;
    private readonly IncrementalHash slotSalts;
    private readonly ArrayBufferWriter<byte> value;

    public SlotHasher(CommittedRecord record, ReadOnlySpan<byte> recordSalt)
    {
        if (recordSalt.Length != RecordCommitment.SaltBytes)
        {
            throw new ArgumentException("A record's salt has 32 bytes.", nameof(recordSalt));
        }

        this.record = record;
        // Setting up the key costs more than a salt: one keyed hash serves all slots.
        slotSalts = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, recordSalt);
        value = new ArrayBufferWriter<byte>(HashBuilder.ScratchBytes);
    }

    /// <summary>The salt of a slot: a keyed hash, so that showing one tells nothing of the others.</summary>
    public void Salt(RecordSlot slot, Span<byte> salt)
    {
        slotSalts.AppendData(slot.PointerBytes);
        slotSalts.GetHashAndReset(salt);
    }

    /// <summary>Releases the keyed hash.</summary>
    public void Dispose() => slotSalts.Dispose();

    /// <summary>The root of the tree over the slots of an object.</summary>
    public Hash256 Root(JsonCursor parent, SlotLayout layout)
    {
        Span<Hash256> level = stackalloc Hash256[SlotLayout.SlotsMax];
        level = level[..layout.LeafCount];
        Leaves(parent, layout, level);
        while (level.Length > 1)
        {
            Fold(ref level);
        }

        return level[0];
    }

    /// <summary>The leaves of the tree over the slots of an object; a present subtree stands as its root.</summary>
    public void Leaves(JsonCursor parent, SlotLayout layout, Span<Hash256> leaves)
    {
        Span<bool> present = stackalloc bool[SlotLayout.SlotsMax];
        present.Clear();
        foreach (JsonCursor member in parent)
        {
            if (IsCommitted(layout, member))
            {
                present[layout.PositionOf(member.NameBytes)] = true;
            }
        }

        leaves.Fill(SlotLayout.FillerLeaf);
        for (int position = 0; position < layout.Slots.Length; position++)
        {
            RecordSlot slot = layout.Slots[position];
            leaves[position] = present[position] ? Filled(parent, layout, slot) : Pad(slot);
        }
    }

    /// <summary>The canonical bytes of a slot that is present and has no subtree.</summary>
    public ReadOnlySpan<byte> Value(JsonCursor parent, SlotLayout layout, RecordSlot slot)
    {
        value.ResetWrittenCount();
        if (slot.IsRest)
        {
            WriteRest(parent, layout);
        }
        else if (parent.TryGet(slot.Name, out JsonCursor member))
        {
            CanonicalJson.Write(member, value);
        }

        return value.WrittenSpan;
    }

    /// <summary>Hashes neighbours to the next level.</summary>
    public static void Fold(ref Span<Hash256> level)
    {
        for (int pair = 0; pair < level.Length / 2; pair++)
        {
            level[pair] = TaggedHash.Of(Tags.SlotNode, level[2 * pair], level[(2 * pair) + 1]);
        }

        level = level[..(level.Length / 2)];
    }

    /// <summary>The leaf of a slot that is present.</summary>
    public static Hash256 Leaf(ReadOnlySpan<byte> salt, RecordSlot slot, ReadOnlySpan<byte> value)
    {
        HashBuilder builder = new(Tags.SlotLeaf, stackalloc byte[HashBuilder.ScratchBytes]);
        builder.Add(salt);
        builder.Add(slot.PointerBytes);
        builder.Add(value);
        return builder.Finish();
    }

    /// <summary>The leaf of a slot that is absent.</summary>
    public static Hash256 PadLeaf(ReadOnlySpan<byte> salt) => TaggedHash.Of(Tags.SlotPad, salt);

    private Hash256 Filled(JsonCursor parent, SlotLayout layout, RecordSlot slot)
    {
        if (slot.Subtree is not null)
        {
            bool found = parent.TryGet(slot.Name, out JsonCursor member);
            Invariant.That(found);
            return Root(member, slot.Subtree);
        }

        Span<byte> salt = stackalloc byte[Hash256.Size];
        Salt(slot, salt);
        return Leaf(salt, slot, Value(parent, layout, slot));
    }

    private Hash256 Pad(RecordSlot slot)
    {
        Span<byte> salt = stackalloc byte[Hash256.Size];
        Salt(slot, salt);
        return PadLeaf(salt);
    }

    private void WriteRest(JsonCursor parent, SlotLayout layout)
    {
        ReadOnlySpan<byte> before = "{"u8;
        foreach (JsonCursor member in parent)
        {
            if (IsCommitted(layout, member) && layout.Slots[layout.PositionOf(member.NameBytes)].IsRest)
            {
                value.Write(before);
                CanonicalJson.WriteMember(member, value);
                before = ","u8;
            }
        }

        value.Write(value.WrittenCount == 0 ? "{}"u8 : "}"u8);
    }

    private bool IsCommitted(SlotLayout layout, JsonCursor member) =>
        layout.Parent.Length > 0 || CommittedRecord.IsCommitted(record.Type, member.NameBytes);
}
