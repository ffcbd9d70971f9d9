using System.Buffers;
using Google.Protobuf;

namespace Ledger.Node.Chain;

/// <summary>
/// The encoding of a message that is a long list, made element by element, so that one element can be used for all: no
/// list of thousands of objects is made to be thrown away. The memory is lent, and given back in the end.
/// </summary>
public sealed class MessageList : IDisposable
{
    private const int LengthAtFirst = 64 * 1024;

    // A tag and a length are of five bytes at most, each.
    private const int HeadBytesMax = 10;

    private byte[] bytes = ArrayPool<byte>.Shared.Rent(LengthAtFirst);
    private int length;

    /// <summary>What was added so far; it is gone with the list.</summary>
    public ReadOnlyMemory<byte> Encoding => bytes.AsMemory(0, length);

    /// <summary>Adds an element of the repeated field with this number.</summary>
    public void Add(int field, IMessage element)
    {
        int size = element.CalculateSize();
        Reserve(HeadBytesMax + size);
        PutNumber(WireFormat.MakeTag(field, WireFormat.WireType.LengthDelimited));
        PutNumber((uint)size);
        element.WriteTo(bytes.AsSpan(length, size));
        length += size;
    }

    /// <summary>Adds the fields of the list's message that are set in this one.</summary>
    public void AddFields(IMessage fields)
    {
        int size = fields.CalculateSize();
        Reserve(size);
        fields.WriteTo(bytes.AsSpan(length, size));
        length += size;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(bytes);
        bytes = [];
        length = 0;
    }

    private void Reserve(int added)
    {
        if (length + added <= bytes.Length)
        {
            return;
        }

        byte[] longer = ArrayPool<byte>.Shared.Rent(Math.Max(length + added, bytes.Length * 2));
        bytes.AsSpan(0, length).CopyTo(longer);
        ArrayPool<byte>.Shared.Return(bytes);
        bytes = longer;
    }

    private void PutNumber(uint number)
    {
        for (; number >= 0x80; number >>= 7)
        {
            bytes[length++] = (byte)((number & 0x7F) | 0x80);
        }

        bytes[length++] = (byte)number;
    }
}
