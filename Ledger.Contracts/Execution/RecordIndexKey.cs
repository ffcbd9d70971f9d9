using System.Buffers.Binary;
using Ledger.Contracts.Protos;
using Ledger.Primitives;

namespace Ledger.Contracts.Execution;

/// <summary>
/// By what a record is one and the same: its writer, the version of the writer's locator key, and the hashed id.
/// </summary>
public readonly record struct RecordIndexKey(Address Writer, uint KeyVersion, UInt128 HashedId)
    : IComparable<RecordIndexKey>
{
    /// <summary>Length of <see cref="ToArray"/>.</summary>
    public const int Size = Address.Size + sizeof(uint) + 16;

    /// <summary>Where the hashed id stands in <see cref="ToArray"/>.</summary>
    public const int HashedIdAt = Address.Size + sizeof(uint);

    /// <summary>Of a locator whose form was checked.</summary>
    public static RecordIndexKey Of(Address writer, Locator locator) =>
        new(writer, locator.KeyVersion, BinaryPrimitives.ReadUInt128BigEndian(locator.HashedId.Span));

    /// <inheritdoc/>
    public int CompareTo(RecordIndexKey other)
    {
        int order = HashedId.CompareTo(other.HashedId);
        order = order != 0 ? order : Writer.CompareTo(other.Writer);
        return order != 0 ? order : KeyVersion.CompareTo(other.KeyVersion);
    }

    /// <summary>A number for the tables of one block; see <see cref="State.StateKey"/>.</summary>
    internal ulong Mix(ulong seed)
    {
        unchecked
        {
            ulong mixed = (seed ^ (ulong)HashedId ^ Writer.Value.Lead) * 0x9E3779B97F4A7C15;
            mixed = ((mixed ^ (mixed >> 29)) ^ (ulong)(HashedId >> 64) ^ KeyVersion) * 0x9E3779B97F4A7C15;
            return mixed ^ (mixed >> 32);
        }
    }

    /// <summary>Writer, key version and hashed id, big-endian: a key for a store.</summary>
    public byte[] ToArray()
    {
        byte[] bytes = new byte[Size];
        CopyTo(bytes);
        return bytes;
    }

    /// <summary>Writes the same bytes.</summary>
    public void CopyTo(Span<byte> destination)
    {
        Writer.CopyTo(destination);
        BinaryPrimitives.WriteUInt32BigEndian(destination[Address.Size..], KeyVersion);
        BinaryPrimitives.WriteUInt128BigEndian(destination[HashedIdAt..], HashedId);
    }
}
