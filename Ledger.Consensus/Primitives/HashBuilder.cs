using System.Buffers;
using System.Buffers.Binary;

namespace Ledger.Primitives;

/// <summary>
/// Collects the parts of a tagged hash; integers are 8 bytes big-endian. Ends with <see cref="Finish"/>.
/// </summary>
public ref struct HashBuilder
{
    /// <summary>A scratch buffer of this size holds the inner nodes of every tree without touching the heap.</summary>
    public const int ScratchBytes = 256;

    private Span<byte> buffer;
    private byte[]? rented;
    private int length;

    /// <summary>Starts with the tag, 1 to 255 bytes.</summary>
    public HashBuilder(ReadOnlySpan<byte> tag, Span<byte> scratch)
    {
        buffer = scratch;
        rented = null;
        buffer[0] = checked((byte)tag.Length);
        tag.CopyTo(buffer[1..]);
        length = 1 + tag.Length;
    }

    /// <summary>Adds bytes, preceded by their length.</summary>
    public void Add(ReadOnlySpan<byte> part)
    {
        Span<byte> target = Reserve(part.Length);
        part.CopyTo(target);
    }

    /// <summary>Adds a hash as a part of 32 bytes.</summary>
    public void Add(in Hash256 part) => part.CopyTo(Reserve(Hash256.Size));

    /// <summary>Adds an address as a part of 32 bytes.</summary>
    public void Add(Address part) => part.CopyTo(Reserve(Address.Size));

    /// <summary>Adds a number as a part of 8 bytes, big-endian.</summary>
    public void Add(ulong part) => BinaryPrimitives.WriteUInt64BigEndian(Reserve(sizeof(ulong)), part);

    /// <summary>Adds a signed number as a part of 8 bytes, big-endian two's complement.</summary>
    public void Add(long part) => BinaryPrimitives.WriteInt64BigEndian(Reserve(sizeof(long)), part);

    /// <summary>The hash of all that was added. The builder must not be used afterwards.</summary>
    public Hash256 Finish()
    {
        Span<byte> digest = stackalloc byte[Hash256.Size];
        Sha256.Hash(buffer[..length], digest);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
            rented = null;
        }

        return new Hash256(digest);
    }

    private Span<byte> Reserve(int partLength)
    {
        int needed = length + sizeof(uint) + partLength;
        if (needed > buffer.Length)
        {
            Grow(needed);
        }

        BinaryPrimitives.WriteUInt32BigEndian(buffer[length..], (uint)partLength);
        Span<byte> target = buffer.Slice(length + sizeof(uint), partLength);
        length = needed;
        return target;
    }

    private void Grow(int needed)
    {
        byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, buffer.Length * 2));
        buffer[..length].CopyTo(larger);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }

        rented = larger;
        buffer = larger;
    }
}
