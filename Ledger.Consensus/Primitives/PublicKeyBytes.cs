namespace Ledger.Primitives;

/// <summary>An Ed25519 public key as its 32 bytes (RFC 8032).</summary>
public readonly struct PublicKeyBytes : IEquatable<PublicKeyBytes>, IComparable<PublicKeyBytes>
{
    /// <summary>Length in bytes.</summary>
    public const int Size = 32;

    private readonly Hash256 value;

    /// <summary>Reads exactly 32 bytes; throws <see cref="ArgumentException"/> for any other length.</summary>
    public PublicKeyBytes(ReadOnlySpan<byte> bytes)
    {
        value = new Hash256(bytes);
    }

    /// <summary>Reads 32 bytes, or says that the length is wrong.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out PublicKeyBytes key)
    {
        key = bytes.Length == Size ? new PublicKeyBytes(bytes) : default;
        return bytes.Length == Size;
    }

    /// <summary>Writes the 32 bytes.</summary>
    public void CopyTo(Span<byte> destination) => value.CopyTo(destination);

    /// <summary>The 32 bytes in a new array.</summary>
    public byte[] ToArray() => value.ToArray();

    /// <inheritdoc/>
    public bool Equals(PublicKeyBytes other) => value == other.value;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is PublicKeyBytes other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => value.Prefix;

    /// <inheritdoc/>
    public int CompareTo(PublicKeyBytes other) => value.CompareTo(other.value);

    /// <summary>64 lower-case hexadecimal digits.</summary>
    public override string ToString() => value.ToString();

    /// <summary>Equality of all bytes.</summary>
    public static bool operator ==(PublicKeyBytes left, PublicKeyBytes right) => left.Equals(right);

    /// <summary>Difference in any byte.</summary>
    public static bool operator !=(PublicKeyBytes left, PublicKeyBytes right) => !left.Equals(right);
}
