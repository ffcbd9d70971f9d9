using System.Security.Cryptography;
using System.Text;

namespace Ledger.Workload;

/// <summary>A file of lines in UTF-8, each ended by one line feed, whose hash is taken while it is written.</summary>
internal sealed class HashedLines : IDisposable
{
    /// <summary>Some hundred records: fewer calls of the system for half a gigabyte.</summary>
    private const int BufferBytes = 256 * 1024;

    private readonly string name;
    private readonly FileStream file;
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long lines;

    internal HashedLines(string folder, string name)
    {
        this.name = name;
        file = new FileStream(
            Path.Combine(folder, name), FileMode.CreateNew, FileAccess.Write, FileShare.Read, BufferBytes);
    }

    internal void Write(ReadOnlySpan<byte> line)
    {
        Append(line);
        Append("\n"u8);
        lines++;
    }

    internal void Write(string line) => Write(Encoding.UTF8.GetBytes(line));

    /// <summary>Says what was written; nothing more can be.</summary>
    internal PublishedFile Finish()
    {
        file.Flush(flushToDisk: true);
        return new PublishedFile(name, file.Length, lines, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    public void Dispose()
    {
        file.Dispose();
        hash.Dispose();
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        file.Write(bytes);
        hash.AppendData(bytes);
    }
}
