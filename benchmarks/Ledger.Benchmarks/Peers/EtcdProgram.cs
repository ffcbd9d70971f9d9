namespace Ledger.Benchmarks.Peers;

/// <summary>Finds etcd's program, or takes it from Debian's package.</summary>
public static class EtcdProgram
{
    private const string Package = "etcd-server";
    private const string Name = "etcd";

    /// <summary>
    /// The program. Where it is not installed, the package is unpacked below the folder and not installed: that would
    /// start a service of its own.
    /// </summary>
    public static async Task<string> FindAsync(string folder)
    {
        if (Privileges.Find(Name) is { } installed)
        {
            return installed;
        }

        string unpacked = Path.Combine(folder, "package", "usr", "bin", Name);
        if (File.Exists(unpacked))
        {
            return unpacked;
        }

        if (Privileges.Find("apt-get") is not { } apt || Privileges.Find("dpkg-deb") is not { } dpkg)
        {
            throw new BenchmarkException(
                "etcd is missing, and there is no apt-get. Put etcd on the path, or leave it out with --systems.");
        }

        Console.WriteLine($"Fetching Debian's {Package} ...");
        Directory.CreateDirectory(folder);
        if (Privileges.IsRoot)
        {
            await ChildProgram.RunAsync(folder, apt, "-o", "DPkg::Lock::Timeout=120", "-qq", "update");
        }

        await DownloadAsync(apt, folder);
        string file = Directory.GetFiles(folder, Package + "_*.deb").Order(StringComparer.Ordinal).Last();
        await ChildProgram.RunAsync(folder, dpkg, "-x", file, Path.Combine(folder, "package"));
        return unpacked;
    }

    // Root fetches as root: the user _apt may not write into the folder.
    private static async Task DownloadAsync(string apt, string folder)
    {
        try
        {
            await ChildProgram.RunAsync(folder, apt, "-o", "APT::Sandbox::User=root", "-qq", "download", Package);
        }
        catch (BenchmarkException problem)
        {
            throw new BenchmarkException(
                $"{Package} cannot be fetched. Install it, or leave it out with --systems. {problem.Message}");
        }
    }
}
