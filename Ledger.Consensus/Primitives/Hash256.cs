using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace Ledger.Primitives;

/// <summary>A SHA-256 value: 32 bytes, ordered as unsigned bytes.</summary>
public readonly struct Hash256 : IEquatable<Hash256>, IComparable<Hash256>
{
    /// <summary>Length in bytes.</summary>
    public const int Size = 32;

    private readonly ulong first;
    private readonly ulong second;
    private readonly ulong third;
    private readonly ulong fourth;

    /// <summary>Reads exactly 32 bytes; throws <see cref="ArgumentException"/> for any other length.</summary>
    public Hash256(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Size)
        {
            throw new ArgumentException("A hash has 32 bytes.", nameof(bytes));
        }

        first = BinaryPrimitives.ReadUInt64BigEndian(bytes);
        second = BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]);
        third = BinaryPrimitives.ReadUInt64BigEndian(bytes[16..]);
        fourth = BinaryPrimitives.ReadUInt64BigEndian(bytes[24..]);
    }

    /// <summary>Thirty-two zero bytes.</summary>
    public static Hash256 Zero => default;

    /// <summary>Whether all bytes are zero.</summary>
    public bool IsZero => (first | second | third | fourth) == 0;

    /// <summary>The first 32 bits.</summary>
    public int Prefix => unchecked((int)(first >> 32));

    /// <summary>The first 64 bits.</summary>
    public ulong Lead => first;

    /// <summary>The bit at <paramref name="index"/>, 0 being the highest bit of the first byte.</summary>
    public bool Bit(int index)
    {
        ulong word = (index >> 6) switch
        {
            0 => first,
            1 => second,
            2 => third,
            3 => fourth,
            _ => throw new ArgumentOutOfRangeException(nameof(index)),
        };
        return ((word >> (63 - (index & 63))) & 1) != 0;
    }

    /// <summary>The index of the first bit in which the two differ, or 256 when they are equal.</summary>
    public int FirstDifferentBit(in Hash256 other)
    {
        if (first != other.first)
        {
            return System.Numerics.BitOperations.LeadingZeroCount(first ^ other.first);
        }

        if (second != other.second)
        {
            return 64 + System.Numerics.BitOperations.LeadingZeroCount(second ^ other.second);
        }

        if (third != other.third)
        {
            return 128 + System.Numerics.BitOperations.LeadingZeroCount(third ^ other.third);
        }

        return fourth == other.fourth
            ? 256
            : 192 + System.Numerics.BitOperations.LeadingZeroCount(fourth ^ other.fourth);
    }

    /// <summary>Writes the 32 bytes.</summary>
    public void CopyTo(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64BigEndian(destination, first);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], second);
        BinaryPrimitives.WriteUInt64BigEndian(destination[16..], third);
        BinaryPrimitives.WriteUInt64BigEndian(destination[24..], fourth);
    }

    /// <summary>The 32 bytes in a new array.</summary>
    public byte[] ToArray()
    {
        byte[] bytes = new byte[Size];
        CopyTo(bytes);
        return bytes;
    }

    /// <summary>Reads 32 bytes, or says that the length is wrong.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out Hash256 hash)
    {
        if (bytes.Length != Size)
        {
            hash = default;
            return false;
        }

        hash = new Hash256(bytes);
        return true;
    }

    /// <summary>Reads 64 hexadecimal digits, either case.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Hash256 hash)
    {
        hash = default;
        if (text is null || text.Length != Size * 2)
        {
            return false;
        }

        Span<byte> bytes = stackalloc byte[Size];
        if (Convert.FromHexString(text, bytes, out _, out int written) != System.Buffers.OperationStatus.Done
            || written != Size)
        {
            return false;
        }

        hash = new Hash256(bytes);
        return true;
    }

    /// <inheritdoc/>
    public bool Equals(Hash256 other) =>
        first == other.first && second == other.second && third == other.third && fourth == other.fourth;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Hash256 other && Equals(other);

    /// <summary>The first 32 bits: a hash is uniform already, and the value is the same in every process.</summary>
    public override int GetHashCode() => Prefix;

    /// <inheritdoc/>
    public int CompareTo(Hash256 other)
    {
        int order = first.CompareTo(other.first);
        order = order != 0 ? order : second.CompareTo(other.second);
        order = order != 0 ? order : third.CompareTo(other.third);
        return order != 0 ? order : fourth.CompareTo(other.fourth);
    }

    /// <summary>64 lower-case hexadecimal digits.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Size];
        CopyTo(bytes);
        return Convert.ToHexStringLower(bytes);
    }

    /// <summary>The first eight hexadecimal digits, for people.</summary>
    public string ToShortString() => ToString()[..8];

    /// <summary>Equality of all bytes.</summary>
    public static bool operator ==(Hash256 left, Hash256 right) => left.Equals(right);

    /// <summary>Difference in any byte.</summary>
    public static bool operator !=(Hash256 left, Hash256 right) => !left.Equals(right);
}
