using System.CommandLine;

namespace Ledger.Node.Commands;

/// <summary>Options that several commands share.</summary>
public static class CommonOptions
{
    /// <summary>The node's folder.</summary>
    public static Option<string> Home() => new("--home") { Description = "The node's folder.", Required = true };

    /// <summary>Where the password of the key file comes from.</summary>
    public static Option<string?> PasswordFile() => new("--password-file")
    {
        Description = "File whose first line is the password of the key file; without it you are asked.",
    };

    /// <summary>Whether an internal error shows where it happened.</summary>
    public static Option<bool> Verbose { get; } = new("--verbose")
    {
        Description = "Show details of internal errors.",
        Recursive = true,
    };
}
