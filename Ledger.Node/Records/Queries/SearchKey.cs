using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Ledger.Node.Records;

/// <summary>
/// By what statements are found, in 16 bytes: the first half of the SHA-256 of kind and text. Texts of any length take
/// the same room in the index, and no two are confused: that would take 2^64 tries.
/// </summary>
public readonly record struct SearchKey(UInt128 Value)
{
    /// <summary>Length in bytes.</summary>
    public const int Size = 16;

    private const int TextBytesOnStack = 512;

    /// <summary>The key of a text.</summary>
    public static SearchKey Of(SearchKind kind, string text)
    {
        int length = 1 + Encoding.UTF8.GetByteCount(text);
        Span<byte> input = length <= TextBytesOnStack ? stackalloc byte[length] : new byte[length];
        input[0] = (byte)kind;
        Encoding.UTF8.GetBytes(text, input[1..]);
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(input, digest);
        return new SearchKey(BinaryPrimitives.ReadUInt128BigEndian(digest));
    }

    /// <summary>The 16 bytes in a new array.</summary>
    public byte[] ToArray()
    {
        byte[] bytes = new byte[Size];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, Value);
        return bytes;
    }
}
