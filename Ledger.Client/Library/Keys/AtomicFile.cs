namespace Ledger.Client.Keys;

/// <summary>Writes a file whole or not at all: a temporary file beside it, synced, then renamed.</summary>
public static class AtomicFile
{
    /// <summary>
    /// Writes with mode 0600. Throws <see cref="IOException"/> when the file exists and <paramref name="overwrite"/> is
    /// false.
    /// </summary>
    public static void Write(string path, ReadOnlySpan<byte> content, bool overwrite)
    {
        string full = Path.GetFullPath(path);
        if (!overwrite && File.Exists(full))
        {
            throw new IOException($"The file {path} exists already.");
        }

        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        string temporary = full + "." + Path.GetRandomFileName();
        try
        {
            using (FileStream stream = Create(temporary))
            {
                stream.Write(content);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, full, overwrite);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    private static FileStream Create(string path)
    {
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = SecretPermissions.OwnerOnly;
        }

        return new FileStream(path, options);
    }
}
