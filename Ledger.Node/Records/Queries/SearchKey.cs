using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Ledger.Node.Records;

/// <summary>
/// By what rows are found, in 16 bytes: a digest of a <see cref="SearchTerm"/> under the institution's index key. Texts
/// of any length take the same room in an index, no two are confused, which would take 2^64 tries, and who has the
/// database alone learns none by guessing it.
/// </summary>
public readonly record struct SearchKey(UInt128 Value)
{
    /// <summary>Length in bytes.</summary>
    public const int Size = 16;

    /// <summary>Of exactly 16 bytes; throws <see cref="ArgumentException"/> for any other length.</summary>
    public static SearchKey Of(ReadOnlySpan<byte> bytes) => bytes.Length == Size
        ? new SearchKey(BinaryPrimitives.ReadUInt128BigEndian(bytes))
        : throw new ArgumentException("A search key has 16 bytes.", nameof(bytes));

    /// <summary>
    /// The key of an order to erase: of its random name, which nobody guesses, so that it needs no secret.
    /// </summary>
    public static SearchKey OfOrder(string order)
    {
        byte[] input = [(byte)SearchKind.ErasureOrder, .. Encoding.UTF8.GetBytes(order)];
        return Of(SHA256.HashData(input).AsSpan(0, Size));
    }

    /// <summary>The 16 bytes in a new array.</summary>
    public byte[] ToArray()
    {
        byte[] bytes = new byte[Size];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, Value);
        return bytes;
    }
}
