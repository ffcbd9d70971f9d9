namespace Ledger.Benchmarks.Peers;

/// <summary>Whether this program may install Debian's packages.</summary>
public static class Privileges
{
    /// <summary>It runs as root.</summary>
    public static bool IsRoot => Environment.UserName == "root";

    /// <summary>A program on the path, or null.</summary>
    public static string? Find(string program) => (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
        .Split(':', StringSplitOptions.RemoveEmptyEntries)
        .Concat(["/usr/sbin", "/usr/bin"])
        .Select(folder => Path.Combine(folder, program))
        .FirstOrDefault(File.Exists);

    /// <summary>Installs a package of Debian; throws <see cref="BenchmarkException"/> where it cannot.</summary>
    public static async Task InstallAsync(string package)
    {
        if (!IsRoot || Find("apt-get") is not { } apt)
        {
            throw new BenchmarkException(
                $"{package} is missing. As root: apt-get install {package}; or leave it out with --systems.");
        }

        Console.WriteLine($"Installing {package} ...");
        string[] patience = ["-o", "DPkg::Lock::Timeout=120", "-qq"];
        await ChildProgram.RunAsync("/", apt, [.. patience, "update"]);
        await ChildProgram.RunAsync("/", apt, [.. patience, "-y", "--no-install-recommends", "install", package]);
    }
}
