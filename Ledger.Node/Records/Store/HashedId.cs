using System.Buffers.Binary;

namespace Ledger.Node.Records;

/// <summary>A record's id as the ledger shows it: 128 bits under the institution's locator key.</summary>
public readonly record struct HashedId(UInt128 Value)
{
    /// <summary>Length in bytes.</summary>
    public const int Size = 16;

    /// <summary>Reads exactly 16 bytes; throws <see cref="ArgumentException"/> for any other length.</summary>
    public static HashedId Read(ReadOnlySpan<byte> bytes) => bytes.Length == Size
        ? new HashedId(BinaryPrimitives.ReadUInt128BigEndian(bytes))
        : throw new ArgumentException("A hashed id has 16 bytes.", nameof(bytes));

    /// <summary>The 16 bytes in a new array.</summary>
    public byte[] ToArray()
    {
        byte[] bytes = new byte[Size];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, Value);
        return bytes;
    }
}
