using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Ledger.Torture;

/// <summary>On what and of what a run was: figures without it say nothing.</summary>
/// <param name="Cores">Processor cores of the machine.</param>
/// <param name="Commit">The commit of the sources, with a plus sign where they were changed since.</param>
/// <param name="Runtime">The .NET runtime.</param>
/// <param name="System">The operating system.</param>
/// <param name="LoadAtStart">The machine's load averages when the run began.</param>
/// <param name="StartedUtc">When it began.</param>
internal sealed record RunEnvironment(
    int Cores, string Commit, string Runtime, string System, string LoadAtStart, DateTimeOffset StartedUtc)
{
    /// <summary>That of now.</summary>
    public static async Task<RunEnvironment> TakeAsync()
    {
        string commit = await GitAsync("rev-parse", "--short", "HEAD");
        string changed = await GitAsync("status", "--porcelain", "--untracked-files=no");
        return new RunEnvironment(
            Environment.ProcessorCount,
            commit + (changed.Length > 0 ? "+" : string.Empty),
            RuntimeInformation.FrameworkDescription,
            RuntimeInformation.OSDescription,
            Load(),
            TimeProvider.System.GetUtcNow());
    }

    /// <summary>The machine's load averages over 1, 5 and 15 minutes.</summary>
    public static string Load() => string.Join(' ', File.ReadAllText("/proc/loadavg").Split(' ').Take(3));

    /// <inheritdoc/>
    public override string ToString() =>
        $"{Cores} cores, load {LoadAtStart}, commit {Commit}, {Runtime}, {StartedUtc:yyyy-MM-dd HH:mm}Z";

    private static async Task<string> GitAsync(params string[] arguments)
    {
        ProcessStartInfo start = new("git", arguments)
        {
            RedirectStandardOutput = true,
            WorkingDirectory = AppContext.BaseDirectory,
        };
        using Process git = Process.Start(start)!;
        string output = await git.StandardOutput.ReadToEndAsync();
        await git.WaitForExitAsync();
        return output.Trim();
    }
}
