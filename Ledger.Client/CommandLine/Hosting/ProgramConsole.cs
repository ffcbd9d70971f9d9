using Ledger.Client.Keys;

namespace Ledger.CommandLine.Hosting;

/// <summary>Where a command reads and writes; tests give their own.</summary>
/// <param name="Output">What was asked for.</param>
/// <param name="Error">What went wrong.</param>
/// <param name="IsPlain">Whether output goes to a file or pipe, so that tables have no frames.</param>
/// <param name="PromptSecret">Asks for a password without showing it; null when there is nobody to ask.</param>
public sealed record ProgramConsole(
    TextWriter Output, TextWriter Error, bool IsPlain, Func<string, char[]>? PromptSecret)
{
    /// <summary>
    /// Opens a key file. Its password costs a fifth of a second by design: who runs many commands in one process may
    /// keep what it has opened.
    /// </summary>
    public Func<string, Password, SigningKey> OpenKeyFile { get; init; } = KeyFile.OpenSigningKey;

    /// <summary>The terminal.</summary>
    public static ProgramConsole OfProcess() => new(
        Console.Out, Console.Error, Console.IsOutputRedirected, Console.IsInputRedirected ? null : HiddenPrompt.Ask);
}
