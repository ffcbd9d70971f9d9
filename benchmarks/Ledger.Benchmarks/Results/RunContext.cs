using System.Diagnostics;
using System.Globalization;

namespace Ledger.Benchmarks.Results;

/// <summary>What a figure needs beside it to be believed: machine, commit, command and seed.</summary>
/// <param name="Machine">The host.</param>
/// <param name="Commit">The sources, with <c>-changed</c> where they are not those of the commit.</param>
/// <param name="Command">What repeats the run.</param>
/// <param name="Seed">The seed of everything that is drawn; null where nothing is.</param>
/// <param name="StartedUtc">When the run began.</param>
public sealed record RunContext(
    MachineDescription Machine, string Commit, string Command, ulong? Seed, string StartedUtc)
{
    private const string Unknown = "unknown";

    /// <summary>Describes this run.</summary>
    public static RunContext Of(ulong? seed) => new(
        MachineDescription.Read(),
        CommitName(),
        "./ledger bench " + string.Join(' ', Environment.GetCommandLineArgs().Skip(1)),
        seed,
        TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));

    private static string CommitName()
    {
        string? hash = Git("rev-parse", "--short=12", "HEAD");
        if (hash is null)
        {
            return Unknown;
        }

        return Git("status", "--porcelain", "--untracked-files=no") is { Length: > 0 } ? hash + "-changed" : hash;
    }

    // The program lies within the checkout that it was built from. Without git, or elsewhere, the commit is unknown.
    private static string? Git(params string[] arguments)
    {
        ProcessStartInfo start = new("git")
        {
            WorkingDirectory = AppContext.BaseDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        try
        {
            using Process git = Process.Start(start)!;
            string output = git.StandardOutput.ReadToEnd();
            git.WaitForExit();
            return git.ExitCode == 0 ? output.Trim() : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
