using System.Diagnostics.CodeAnalysis;

namespace Ledger.Primitives;

/// <summary>
/// Names an institution, a learner or a validator: the hash of the first public key that it used. It survives key
/// rotation.
/// </summary>
public readonly struct Address : IEquatable<Address>, IComparable<Address>
{
    /// <summary>Length in bytes.</summary>
    public const int Size = Hash256.Size;

    private readonly Hash256 value;

    /// <summary>Takes a hash as an address.</summary>
    public Address(Hash256 value)
    {
        this.value = value;
    }

    /// <summary>Reads exactly 32 bytes; throws <see cref="ArgumentException"/> for any other length.</summary>
    public Address(ReadOnlySpan<byte> bytes)
        : this(new Hash256(bytes))
    {
    }

    /// <summary>The 32 bytes as a hash.</summary>
    public Hash256 Value => value;

    /// <summary>The address that belongs to a first public key.</summary>
    public static Address Of(PublicKeyBytes firstKey)
    {
        Span<byte> bytes = stackalloc byte[PublicKeyBytes.Size];
        firstKey.CopyTo(bytes);
        return new Address(TaggedHash.Of(Tags.Address, bytes));
    }

    /// <summary>Reads 32 bytes, or says that the length is wrong.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out Address address)
    {
        bool read = Hash256.TryRead(bytes, out Hash256 hash);
        address = new Address(hash);
        return read;
    }

    /// <summary>Reads 64 hexadecimal digits.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Address address)
    {
        bool read = Hash256.TryParse(text, out Hash256 hash);
        address = new Address(hash);
        return read;
    }

    /// <summary>Writes the 32 bytes.</summary>
    public void CopyTo(Span<byte> destination) => value.CopyTo(destination);

    /// <summary>The 32 bytes in a new array.</summary>
    public byte[] ToArray() => value.ToArray();

    /// <inheritdoc/>
    public bool Equals(Address other) => value == other.value;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Address other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => value.Prefix;

    /// <inheritdoc/>
    public int CompareTo(Address other) => value.CompareTo(other.value);

    /// <summary>64 lower-case hexadecimal digits.</summary>
    public override string ToString() => value.ToString();

    /// <summary>The first eight hexadecimal digits, for people.</summary>
    public string ToShortString() => value.ToShortString();

    /// <summary>Equality of all bytes.</summary>
    public static bool operator ==(Address left, Address right) => left.Equals(right);

    /// <summary>Difference in any byte.</summary>
    public static bool operator !=(Address left, Address right) => !left.Equals(right);
}
