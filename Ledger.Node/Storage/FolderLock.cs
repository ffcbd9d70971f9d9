namespace Ledger.Node.Storage;

/// <summary>
/// Says that a data folder is in use. The database has a lock of its own, which readers pass by; this one they do not.
/// </summary>
public sealed class FolderLock : IDisposable
{
    /// <summary>What the file's name adds to that of the data folder.</summary>
    public const string Suffix = ".in-use";

    private readonly FileStream file;

    private FolderLock(FileStream file)
    {
        this.file = file;
    }

    /// <summary>Takes the lock.</summary>
    /// <exception cref="StorageFailedException">Another process has it, or the file cannot be made.</exception>
    public static FolderLock Take(string folder)
    {
        string path = Path.TrimEndingDirectorySeparator(folder) + Suffix;
        try
        {
            return new FolderLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException problem) when (File.Exists(path))
        {
            throw new StorageFailedException(
                $"The data folder {folder} is in use by another node. Stop that node first.", problem);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();
}
