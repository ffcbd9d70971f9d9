using System.Globalization;

namespace Ledger.Node.Storage;

/// <summary>There is no room on the disk to run. Nothing is damaged; the text says what to do.</summary>
public sealed class DiskFullException(string message) : Exception(message)
{
    private const long Mebibyte = 1024 * 1024;

    /// <summary>With what is free and what is needed.</summary>
    public static DiskFullException Of(long freeBytes, long neededBytes)
    {
        string free = (freeBytes / Mebibyte).ToString(CultureInfo.InvariantCulture);
        string needed = (neededBytes / Mebibyte).ToString(CultureInfo.InvariantCulture);
        return new DiskFullException(
            $"The disk of the data folder has {free} MiB left; a node needs {needed} MiB to run. Make room "
            + "and start it again; its data are whole (docs/operations.md).");
    }
}
