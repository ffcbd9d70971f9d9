using System.Diagnostics;
using System.Globalization;

namespace Ledger.Faults;

/// <summary>A file system of a few megabytes in memory, mounted on a folder. Disposing it unmounts it.</summary>
public sealed class SmallDisk : IDisposable
{
    private readonly string folder;

    private SmallDisk(string folder)
    {
        this.folder = folder;
    }

    /// <summary>Mounts one; null where this user may not mount.</summary>
    public static SmallDisk? TryMount(string folder, int megabytes)
    {
        Directory.CreateDirectory(folder);
        string size = string.Create(CultureInfo.InvariantCulture, $"size={megabytes}m");
        return Run("mount", "-t", "tmpfs", "-o", size, "none", folder) ? new SmallDisk(folder) : null;
    }

    /// <summary>How much is free, in bytes.</summary>
    public long FreeBytes => new DriveInfo(folder).AvailableFreeSpace;

    /// <summary>Fills it but for so many bytes; answers the file, whose deletion frees the space again.</summary>
    public string Fill(long leaveBytes)
    {
        string file = Path.Combine(folder, "filler");
        using FileStream filler = File.Create(file);
        byte[] zeros = new byte[64 * 1024];
        while (FreeBytes > leaveBytes)
        {
            filler.Write(zeros, 0, (int)Math.Min(zeros.Length, FreeBytes - leaveBytes));
            filler.Flush(flushToDisk: true);
        }

        return file;
    }

    /// <inheritdoc/>
    public void Dispose() => Run("umount", "-l", folder);

    private static bool Run(string program, params string[] arguments)
    {
        try
        {
            ProcessStartInfo start = new(program, arguments)
            {
                RedirectStandardError = true,
                RedirectStandardOutput = true,
            };
            using Process process = Process.Start(start)!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // There is no such program here.
            return false;
        }
    }
}
