using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using Ledger.Contracts.Protos;
using Ledger.Primitives;

namespace Ledger.Client.Exports;

/// <summary>
/// Reads the parts of a learner's export one after the other; it holds one at a time. What follows the end, and what
/// comes after damage, is not read. Rule L-1.
/// </summary>
public sealed class ExportReader(Stream stream, Hash256 chainId)
{
    private bool isBegun;

    /// <summary>What a file begins with.</summary>
    public static ReadOnlySpan<byte> FirstLine => "learner-export/1\n"u8;

    /// <summary>Why reading ended; null after an end with nothing behind it, and before.</summary>
    public string? Problem { get; private set; }

    /// <summary>Parts that were read before the one that was read last.</summary>
    public ulong Before { get; private set; }

    /// <summary>The link of the chain of those parts.</summary>
    public Hash256 Link { get; private set; } = chainId;

    /// <summary>Whether a file is a learner's export, by what it begins with.</summary>
    public static bool IsExport(string path)
    {
        using FileStream file = File.OpenRead(path);
        Span<byte> begin = stackalloc byte[FirstLine.Length];
        return file.ReadAtLeast(begin, begin.Length, throwOnEndOfStream: false) == begin.Length
            && begin.SequenceEqual(FirstLine);
    }

    /// <summary>
    /// The parts in order, up to and with the end. Where something is wrong it stops, and <see cref="Problem"/> says
    /// what.
    /// </summary>
    public IEnumerable<ExportPart> Parts()
    {
        while (TryNext(out ExportPart? part, out byte[]? bytes))
        {
            bool isEnd = part.ContentCase == ExportPart.ContentOneofCase.End;
            if (isEnd && stream.ReadByte() >= 0)
            {
                Problem = "There is something behind the end of the file.";
                yield break;
            }

            yield return part;
            if (isEnd)
            {
                yield break;
            }

            Link = ExportMessages.Link(Link, bytes);
            Before++;
        }
    }

    private bool TryNext([NotNullWhen(true)] out ExportPart? part, [NotNullWhen(true)] out byte[]? bytes)
    {
        part = null;
        bytes = null;
        if (!isBegun)
        {
            isBegun = true;
            Span<byte> begin = stackalloc byte[FirstLine.Length];
            if (stream.ReadAtLeast(begin, begin.Length, throwOnEndOfStream: false) < begin.Length
                || !begin.SequenceEqual(FirstLine))
            {
                return Stop("The file is no learner's export, or one of another version.");
            }
        }

        Span<byte> frame = stackalloc byte[sizeof(uint)];
        int found = stream.ReadAtLeast(frame, frame.Length, throwOnEndOfStream: false);
        if (found < frame.Length)
        {
            return Stop("The file ends before its end: it was cut off, or its maker did not finish.");
        }

        uint length = BinaryPrimitives.ReadUInt32BigEndian(frame);
        if (length is 0 or > ExportLimits.PartBytesMax || Before >= ExportLimits.PartsMax)
        {
            return Stop(FormattableString.Invariant($"Part {Before} has no length that a part may have."));
        }

        return TryTake((int)length, out part, out bytes);
    }

    // A length that is only claimed costs no memory: what is there is read in pieces.
    private bool TryTake(int length, [NotNullWhen(true)] out ExportPart? part, [NotNullWhen(true)] out byte[]? bytes)
    {
        part = null;
        bytes = null;
        using MemoryStream taken = new(Math.Min(length, ExportLimits.PieceBytesMax));
        byte[] piece = new byte[Math.Min(length, ExportLimits.PieceBytesMax)];
        while (taken.Length < length)
        {
            int read = stream.Read(piece, 0, (int)Math.Min(piece.Length, length - taken.Length));
            if (read == 0)
            {
                return Stop("The file ends before its end: it was cut off, or its maker did not finish.");
            }

            taken.Write(piece, 0, read);
        }

        bytes = taken.ToArray();
        return CanonicalMessage.TryParse(ExportPart.Parser, bytes, out part)
            && part.ContentCase != ExportPart.ContentOneofCase.None
            || Stop(FormattableString.Invariant($"Part {Before} is damaged: it is no part of an export."));
    }

    private bool Stop(string problem)
    {
        Problem = problem;
        return false;
    }
}
