using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Ledger.Faults;

/// <summary>A folder of its own. Disposing it ends every process that works on it, and deletes it.</summary>
public sealed class TestFolder : IDisposable
{
    private static readonly ConcurrentDictionary<string, bool> Open = new(StringComparer.Ordinal);

    public TestFolder(string what)
    {
        Path = Directory.CreateTempSubdirectory("ledger-e2e-" + what + "-").FullName;
        Open[Path] = true;
    }

    public static IEnumerable<string> Remaining => Open.Keys;

    public string Path { get; }

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose()
    {
        foreach (Process process in Process.GetProcesses())
        {
            using (process)
            {
                if (IsOfFolder(process.Id))
                {
                    process.Kill();
                    process.WaitForExit();
                }
            }
        }

        Directory.Delete(Path, recursive: true);
        Open.TryRemove(Path, out _);
    }

    // By its command line or by the folder that it was started in.
    private bool IsOfFolder(int processId)
    {
        string process = string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/");
        try
        {
            string command = Encoding.UTF8.GetString(System.IO.File.ReadAllBytes(process + "cmdline"));
            string? startedIn = Directory.ResolveLinkTarget(process + "cwd", returnFinalTarget: false)?.FullName;
            return command.Contains(Path, StringComparison.Ordinal)
                || startedIn?.StartsWith(Path, StringComparison.Ordinal) == true;
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            // It has ended meanwhile, or is another user's.
            return false;
        }
    }
}
