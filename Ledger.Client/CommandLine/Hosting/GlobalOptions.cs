using System.CommandLine;

namespace Ledger.CommandLine.Hosting;

/// <summary>Options that every command takes.</summary>
public sealed class GlobalOptions
{
    /// <summary>Output for programs.</summary>
    public Option<bool> Json { get; } = new("--json") { Description = "Write JSON.", Recursive = true };

    /// <summary>Stack traces.</summary>
    public Option<bool> Verbose { get; } = new("--verbose")
    {
        Description = "Show the cause of errors in full.", Recursive = true,
    };

    /// <summary>The folder of profiles.</summary>
    public Option<string?> Home { get; } = new("--home")
    {
        Description = "Folder of profiles (else $LEDGER_HOME, else ~/.config/learning-ledger).",
        HelpName = "DIR",
        Recursive = true,
    };

    /// <summary>The profile.</summary>
    public Option<string?> Profile { get; } = new("--profile")
    {
        Description = "Profile to use instead of the current one.", HelpName = "NAME", Recursive = true,
    };

    /// <summary>The key's password.</summary>
    public Option<string?> PasswordFile { get; } = new("--password-file")
    {
        Description = "File with the key's password, readable by you alone; else it is asked for.",
        HelpName = "PATH",
        Recursive = true,
    };

    /// <summary>All of them.</summary>
    public IEnumerable<Option> All => [Json, Verbose, Home, Profile, PasswordFile];
}
