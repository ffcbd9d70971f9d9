namespace Ledger.Node.Configuration;

/// <summary>By what a file that was replaced is told from the one before.</summary>
/// <param name="Written">The time of the last write, in UTC; the first of all for a file that is away.</param>
/// <param name="Length">Bytes; -1 for a file that is away.</param>
internal readonly record struct FileStamp(DateTime Written, long Length)
{
    /// <summary>The stamp of a file now.</summary>
    public static FileStamp Of(string path)
    {
        FileInfo file = new(path);
        return file.Exists ? new FileStamp(file.LastWriteTimeUtc, file.Length) : new FileStamp(default, -1);
    }
}
