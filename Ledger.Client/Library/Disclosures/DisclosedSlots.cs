using Google.Protobuf;
using Ledger.Client.Records;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Primitives;

namespace Ledger.Client.Disclosures;

/// <summary>Proofs of single slots as messages.</summary>
internal static class DisclosedSlots
{
    public static DisclosedSlot ToMessage(SlotProof proof)
    {
        DisclosedSlot slot = new()
        {
            Pointer = proof.Pointer,
            Value = proof.Value is { } value ? ByteString.CopyFrom(value.Span) : ByteString.Empty,
            Salt = ByteString.CopyFrom(proof.Salt.Span),
        };
        slot.Path.AddRange(proof.Path.Select(static hash => hash.ToField()));
        return slot;
    }

    /// <summary>Whether the record behind a commitment holds this, or nothing, at this slot.</summary>
    public static bool Verify(DisclosedSlot slot, RecordType type, Hash256 commitment)
    {
        Hash256[] path = new Hash256[slot.Path.Count];
        for (int step = 0; step < path.Length; step++)
        {
            if (!Hash256.TryRead(slot.Path[step].Span, out path[step]))
            {
                return false;
            }
        }

        // No canonical JSON is empty: an empty value means that the member is absent, and nothing else.
        ReadOnlyMemory<byte>? value = slot.Value.IsEmpty ? default(ReadOnlyMemory<byte>?) : slot.Value.Memory;
        return new SlotProof(type, slot.Pointer, value, slot.Salt.Memory, path).Verify(commitment);
    }
}
