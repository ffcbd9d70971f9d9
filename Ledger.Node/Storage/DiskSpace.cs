namespace Ledger.Node.Storage;

/// <summary>The size of a file system and what of it a process of this user may still fill, in bytes.</summary>
public readonly record struct DiskSpace(long TotalBytes, long FreeBytes)
{
    /// <summary>The file system of a folder.</summary>
    /// <exception cref="IOException">It cannot be asked.</exception>
    public static DiskSpace Of(string folder)
    {
        DriveInfo drive = new(folder);
        return new DiskSpace(drive.TotalSize, drive.AvailableFreeSpace);
    }
}
