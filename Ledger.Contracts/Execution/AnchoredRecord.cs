using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using Ledger.Primitives;

namespace Ledger.Contracts.Execution;

/// <summary>Where a record stands: its LLPC, height, place in the writer's range, and its commitment.</summary>
public sealed record AnchoredRecord(Address Learner, Hash256 VerbHash, ulong Height, ulong Index, Hash256 Commitment)
{
    /// <summary>Length of the stored form.</summary>
    public const int Size = Address.Size + (2 * Hash256.Size) + (2 * sizeof(ulong));

    private const int HeightAt = Address.Size + Hash256.Size;
    private const int IndexAt = HeightAt + sizeof(ulong);
    private const int CommitmentAt = IndexAt + sizeof(ulong);

    /// <summary>Writes learner, verb's hash, height, index and commitment; numbers are big-endian.</summary>
    public static void Write(
        Span<byte> destination,
        Address learner,
        Hash256 verbHash,
        ulong height,
        ulong index,
        ReadOnlySpan<byte> commitment)
    {
        learner.CopyTo(destination);
        verbHash.CopyTo(destination[Address.Size..]);
        BinaryPrimitives.WriteUInt64BigEndian(destination[HeightAt..], height);
        BinaryPrimitives.WriteUInt64BigEndian(destination[IndexAt..], index);
        commitment.CopyTo(destination[CommitmentAt..]);
    }

    /// <summary>Reads the stored form; false where it has another length.</summary>
    public static bool TryRead(ReadOnlySpan<byte> stored, [NotNullWhen(true)] out AnchoredRecord? record)
    {
        record = stored.Length != Size ? null : new AnchoredRecord(
            new Address(stored[..Address.Size]),
            new Hash256(stored.Slice(Address.Size, Hash256.Size)),
            BinaryPrimitives.ReadUInt64BigEndian(stored[HeightAt..]),
            BinaryPrimitives.ReadUInt64BigEndian(stored[IndexAt..]),
            new Hash256(stored[CommitmentAt..]));
        return record is not null;
    }
}
