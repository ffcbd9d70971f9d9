namespace Ledger.Fuzz;

/// <summary>Puts each input into a file, in memory where the system has such a folder.</summary>
internal sealed class FileSession : IFuzzSession
{
    private const string MemoryFolder = "/dev/shm";

    private readonly string folder;
    private readonly string path;
    private readonly Func<string, bool> take;

    public FileSession(string fileName, Func<string, bool> take)
    {
        this.take = take;
        folder = NewFolder();
        path = Path.Combine(folder, fileName);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
    }

    /// <summary>An empty folder for a session's files.</summary>
    public static string NewFolder()
    {
        string parent = Directory.Exists(MemoryFolder) ? MemoryFolder : Path.GetTempPath();
        string folder = Path.Combine(parent, "ledger-fuzz-" + Path.GetRandomFileName());
        Directory.CreateDirectory(folder);
        return folder;
    }

    public bool Take(byte[] input)
    {
        FileStreamOptions options = new() { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (FileStream file = new(path, options))
        {
            file.Write(input);
        }

        return take(path);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
