namespace Ledger.Benchmarks.Logs;

/// <summary>
/// Splits a stream into lines at line feeds, without a carriage return before them and without a byte order mark. A
/// line that is too long is passed over and not kept.
/// </summary>
public static class LogLines
{
    private const int BufferBytes = 64 * 1024;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>The lines, in order; the last need not end in a line feed.</summary>
    public static IEnumerable<LogLine> Of(Stream stream, int lineBytesMax)
    {
        byte[] buffer = new byte[BufferBytes];
        List<byte> line = new(BufferBytes);
        bool isTooLong = false;
        int number = 1;
        int read;
        while ((read = stream.Read(buffer)) > 0)
        {
            int start = 0;
            while (start < read)
            {
                int end = Array.IndexOf(buffer, (byte)'\n', start, read - start);
                int part = (end < 0 ? read : end) - start;
                isTooLong |= line.Count + part > lineBytesMax + 1;
                if (!isTooLong)
                {
                    line.AddRange(buffer.AsSpan(start, part));
                }

                start += part + 1;
                if (end >= 0)
                {
                    yield return Finish(number++, line, isTooLong, lineBytesMax);
                    isTooLong = false;
                }
            }
        }

        if (line.Count > 0 || isTooLong)
        {
            yield return Finish(number, line, isTooLong, lineBytesMax);
        }
    }

    private static LogLine Finish(int number, List<byte> line, bool isTooLong, int lineBytesMax)
    {
        ReadOnlySpan<byte> bytes = [.. line];
        line.Clear();
        if (number == 1 && bytes.StartsWith(ByteOrderMark))
        {
            bytes = bytes[ByteOrderMark.Length..];
        }

        if (bytes.EndsWith("\r"u8))
        {
            bytes = bytes[..^1];
        }

        return new LogLine(number, isTooLong || bytes.Length > lineBytesMax ? null : bytes.ToArray());
    }
}
