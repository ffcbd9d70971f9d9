namespace Ledger.CommandLine.Hosting;

/// <summary>
/// Reads a file line by line without taking its bytes for text. Lines end with a line feed, with or without a carriage
/// return before it; a byte order mark in front is no part of the first one. No more is held than the longest line.
/// </summary>
/// <param name="stream">The file.</param>
/// <param name="lineBytesMax">Bytes of a line; what is longer is passed over and named.</param>
internal sealed class ByteLines(Stream stream, int lineBytesMax)
{
    private const int ReadBytes = 64 * 1024;

    private readonly byte[] input = new byte[ReadBytes];
    private readonly MemoryStream line = new();
    private int at;
    private int length;
    private ulong number;

    /// <summary>The next line, or null at the end. Its bytes are good until the next call.</summary>
    public async ValueTask<ByteLine?> ReadAsync(CancellationToken cancellation)
    {
        line.SetLength(0);
        bool isTooLong = false;
        bool isEmpty = true;
        while (true)
        {
            if (at == length)
            {
                at = 0;
                length = await stream.ReadAsync(input, cancellation).ConfigureAwait(false);
                if (length == 0)
                {
                    return isEmpty ? null : Finish(isTooLong);
                }
            }

            int end = input.AsSpan(at, length - at).IndexOf((byte)'\n');
            int taken = end < 0 ? length - at : end;
            // A carriage return at its end is one byte more.
            isTooLong |= line.Length + taken > lineBytesMax + 1;
            if (!isTooLong)
            {
                line.Write(input, at, taken);
            }

            isEmpty = false;
            at += end < 0 ? taken : taken + 1;
            if (end >= 0)
            {
                return Finish(isTooLong);
            }
        }
    }

    private ByteLine Finish(bool isTooLong)
    {
        number++;
        ReadOnlyMemory<byte> bytes = line.GetBuffer().AsMemory(0, (int)line.Length);
        if (bytes.Span is [.., (byte)'\r'])
        {
            bytes = bytes[..^1];
        }

        if (number == 1 && bytes.Span is [0xEF, 0xBB, 0xBF, ..])
        {
            bytes = bytes[3..];
        }

        return isTooLong || bytes.Length > lineBytesMax
            ? new ByteLine(number, ReadOnlyMemory<byte>.Empty, IsTooLong: true)
            : new ByteLine(number, bytes, IsTooLong: false);
    }
}
