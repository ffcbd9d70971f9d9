using Ledger.Client.Keys;

namespace Ledger.Client.Exports;

/// <summary>
/// Writes a file of any length, whole or not at all: a temporary one beside it, synced, then renamed.
/// </summary>
public static class ExportFile
{
    private const int BufferBytes = 128 * 1024;

    /// <summary>
    /// Writes with mode 0600 what <paramref name="write"/> writes. Throws <see cref="IOException"/> when the file
    /// exists.
    /// </summary>
    public static async Task<T> WriteAsync<T>(string path, Func<Stream, Task<T>> write)
    {
        string full = Path.GetFullPath(path);
        if (File.Exists(full))
        {
            throw new IOException($"The file {path} exists already.");
        }

        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        string temporary = full + "." + Path.GetRandomFileName();
        try
        {
            T result;
            using (FileStream stream = Create(temporary))
            {
                result = await write(stream).ConfigureAwait(false);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, full, overwrite: false);
            return result;
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    private static FileStream Create(string path)
    {
        FileStreamOptions options = new()
        {
            Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = BufferBytes,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = SecretPermissions.OwnerOnly;
        }

        return new FileStream(path, options);
    }
}
