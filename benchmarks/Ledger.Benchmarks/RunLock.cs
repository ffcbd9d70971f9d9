namespace Ledger.Benchmarks;

/// <summary>
/// One run at a time in a folder: a second one would remove the first one's nodes, and measure beside it. The system
/// lets go of the lock when the process ends, however it ends.
/// </summary>
public sealed class RunLock : IDisposable
{
    private readonly FileStream file;

    private RunLock(FileStream file)
    {
        this.file = file;
    }

    /// <summary>Takes the lock of a folder, which need not be there yet.</summary>
    /// <exception cref="BenchmarkException">Another run has it.</exception>
    public static RunLock Take(string folder)
    {
        string path = Path.TrimEndingDirectorySeparator(folder) + ".lock";
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        try
        {
            return new RunLock(new FileStream(
                path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1,
                FileOptions.DeleteOnClose));
        }
        catch (IOException)
        {
            throw new BenchmarkException(
                $"Another benchmark runs in {folder}. Wait until it has ended: two at a time measure each other.");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();
}
