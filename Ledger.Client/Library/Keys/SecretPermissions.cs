namespace Ledger.Client.Keys;

/// <summary>Who may read files that hold secrets: their owner alone, where the system has such modes.</summary>
internal static class SecretPermissions
{
    /// <summary>Mode 0600.</summary>
    public const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>Throws <see cref="KeyFileException"/> when group or others have any right to the file.</summary>
    public static void RequireOwnerOnly(string path)
    {
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Others) != 0)
        {
            throw new KeyFileException($"Other users may open {path}. Run: chmod 600 {path}");
        }
    }
}
