using Ledger.Primitives;

namespace Ledger.Client.Records;

/// <summary>Shows what one slot of a committed record holds, or that it is absent, and nothing of the others.</summary>
/// <param name="Type">The kind of record.</param>
/// <param name="Pointer">
/// The slot, as in <see cref="RecordCommitment.SlotPointers"/>, or an absent object with slots.
/// </param>
/// <param name="Value">The canonical JSON of the slot; null when the slot is absent.</param>
/// <param name="Salt">The slot's salt, 32 bytes.</param>
/// <param name="Path">The neighbours' hashes, from the leaf to the root.</param>
public sealed record SlotProof(
    RecordType Type,
    string Pointer,
    ReadOnlyMemory<byte>? Value,
    ReadOnlyMemory<byte> Salt,
    IReadOnlyList<Hash256> Path)
{
    /// <summary>
    /// Whether the record behind a commitment holds this at this slot. False also for a pointer that is no slot and for
    /// a value that is not in canonical spelling.
    /// </summary>
    public bool Verify(in Hash256 commitment)
    {
        if (!Enum.IsDefined(Type)
            || Salt.Length != RecordCommitment.SaltBytes
            || !SlotPlace.TryFind(SlotLayout.Of(Type), Pointer, out SlotPlace place)
            || Path.Count != place.Depth)
        {
            return false;
        }

        if (Value is not null && (place.Slot.Subtree is not null || !CanonicalJson.IsCanonical(Value.Value.Span)))
        {
            return false;
        }

        return RecordCommitment.Bind(Type, RootFrom(place)) == commitment;
    }

    private Hash256 RootFrom(SlotPlace place)
    {
        Hash256 node = Value is null
            ? SlotHasher.PadLeaf(Salt.Span)
            : SlotHasher.Leaf(Salt.Span, place.Slot, Value.Value.Span);
        for (int level = 0; level < place.Depth; level++)
        {
            bool isRight = ((place.Index >> level) & 1) != 0;
            node = isRight
                ? TaggedHash.Of(Tags.SlotNode, Path[level], node)
                : TaggedHash.Of(Tags.SlotNode, node, Path[level]);
        }

        return node;
    }
}
