using System.Buffers.Binary;
using Google.Protobuf;
using Ledger.Contracts.Protos;
using Ledger.Primitives;

namespace Ledger.Client.Exports;

/// <summary>Writes the parts of a learner's export one after the other; it keeps none of them.</summary>
public sealed class ExportWriter
{
    private readonly Stream stream;
    private ulong parts;
    private Hash256 link;
    private bool isEnded;

    /// <summary>Begins a file of a chain with the line that all of them begin with.</summary>
    public ExportWriter(Stream stream, Hash256 chainId)
    {
        this.stream = stream;
        link = chainId;
        stream.Write(ExportReader.FirstLine);
    }

    /// <summary>Writes a part.</summary>
    public void Write(ExportPart part)
    {
        Invariant.That(!isEnded && part.ContentCase != ExportPart.ContentOneofCase.End);
        byte[] bytes = part.ToByteArray();
        Frame(bytes);
        link = ExportMessages.Link(link, bytes);
        parts++;
    }

    /// <summary>Writes the end, which names all parts before it and is signed.</summary>
    /// <param name="missing">What is not in the file.</param>
    /// <param name="sign">Signs H(export-end, chain id, body).</param>
    public void End(IEnumerable<MissingSchool> missing, Func<byte[], byte[]> sign)
    {
        ExportEndBody body = new() { Parts = parts, Link = UnsafeByteOperations.UnsafeWrap(link.ToArray()) };
        body.Missing.AddRange(missing);
        byte[] bytes = body.ToByteArray();
        ExportEnd end = new()
        {
            Body = UnsafeByteOperations.UnsafeWrap(bytes),
            Signature = UnsafeByteOperations.UnsafeWrap(sign(bytes)),
        };
        Frame(new ExportPart { End = end }.ToByteArray());
        isEnded = true;
        stream.Flush();
    }

    private void Frame(byte[] part)
    {
        Invariant.That(part.Length is > 0 and <= ExportLimits.PartBytesMax);
        Span<byte> length = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(length, (uint)part.Length);
        stream.Write(length);
        stream.Write(part);
    }
}
