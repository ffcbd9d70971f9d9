using System.Security.Cryptography;

namespace Ledger.Node.Erasure;

/// <summary>Names an order to erase: 16 bytes.</summary>
public readonly record struct OrderId(UInt128 Value)
{
    /// <summary>Length in bytes.</summary>
    public const int Size = 16;

    /// <summary>Of what the ledger alone tells: records that were erased by another node of the institution.</summary>
    public static OrderId OfLedger => default;

    /// <summary>A new one.</summary>
    public static OrderId Create() => Read(RandomNumberGenerator.GetBytes(Size));

    /// <summary>Reads exactly 16 bytes; throws <see cref="ArgumentException"/> for any other length.</summary>
    public static OrderId Read(ReadOnlySpan<byte> bytes) => bytes.Length == Size
        ? new OrderId(System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(bytes))
        : throw new ArgumentException("The id of an order has 16 bytes.", nameof(bytes));

    /// <summary>The 16 bytes in a new array.</summary>
    public byte[] ToArray()
    {
        byte[] bytes = new byte[Size];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt128BigEndian(bytes, Value);
        return bytes;
    }

    /// <summary>32 hexadecimal digits.</summary>
    public override string ToString() => Convert.ToHexStringLower(ToArray());
}
