namespace Ledger.CommandLine.Hosting;

/// <summary>Ends a command with an exit code and a sentence that says what to do.</summary>
public sealed class CommandException(ExitCode code, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The exit code.</summary>
    public ExitCode Code { get; } = code;

    /// <summary>A command that was used wrongly.</summary>
    public static CommandException WrongUse(string message, Exception? inner = null) =>
        new(ExitCode.WrongUse, message, inner);
}
