using System.CommandLine;
using Ledger.Client.Keys;
using Ledger.Client.Nodes;
using Ledger.Client.Profiles;
using Ledger.CommandLine.Output;

namespace Ledger.CommandLine.Hosting;

/// <summary>
/// Makes commands, runs them, and turns what goes wrong into a sentence and an exit code: the program's edge.
/// </summary>
public sealed class CommandHost
{
    private readonly ProgramConsole console;
    private readonly TimeProvider time;

    /// <summary>Takes the console and the clock.</summary>
    public CommandHost(ProgramConsole console, TimeProvider time)
    {
        this.console = console;
        this.time = time;
    }

    /// <summary>Options that every command takes.</summary>
    public GlobalOptions Options { get; } = new();

    /// <summary>A noun with its verbs.</summary>
    public static Command Noun(string name, string description, params Command[] verbs)
    {
        Command noun = new(name, description);
        foreach (Command verb in verbs)
        {
            noun.Add(verb);
        }

        return noun;
    }

    /// <summary>Verbs below a noun that belong together; the example stands for all of them.</summary>
    public static Command Group(string name, string description, string example, params Command[] verbs) => Noun(
        name,
        $"{description}{Environment.NewLine}{Environment.NewLine}Example:{Environment.NewLine}  {example}",
        verbs);

    /// <summary>A verb: its arguments and options are <paramref name="symbols"/>.</summary>
    public Command Verb(
        string name,
        string description,
        string example,
        Symbol[] symbols,
        Func<Session, CancellationToken, Task<Answer>> run)
    {
        Command verb =
            new(name,
                $"{description}{Environment.NewLine}{Environment.NewLine}Example:{Environment.NewLine}  {example}");
        foreach (Symbol symbol in symbols)
        {
            if (symbol is Argument argument)
            {
                verb.Add(argument);
            }
            else if (symbol is Option option)
            {
                verb.Add(option);
            }
        }

        verb.SetAction((parsed, cancellation) => RunAsync(parsed, run, cancellation));
        return verb;
    }

    /// <summary>A verb that does not wait for anything.</summary>
    public Command Verb(string name, string description, string example, Symbol[] symbols, Func<Session, Answer> run) =>
        Verb(name, description, example, symbols, (session, _) => Task.FromResult(run(session)));

    /// <summary>Writes an error; returns the exit code.</summary>
    public int Fail(ExitCode code, string message, Exception? cause, bool json, bool verbose)
    {
        string text = verbose && cause is not null ? $"{message}{Environment.NewLine}{cause}" : message;
        if (json)
        {
            console.Output.WriteLine(JsonAnswer.WriteError(text, (int)code));
        }
        else
        {
            console.Error.WriteLine($"ledger: {text}");
        }

        return (int)code;
    }

    private async Task<int> RunAsync(
        ParseResult parsed, Func<Session, CancellationToken, Task<Answer>> run, CancellationToken cancellation)
    {
        bool json = parsed.GetValue(Options.Json);
        try
        {
            using Session session = new(parsed, Options, console, time);
            Answer answer = await run(session, cancellation).ConfigureAwait(false);
            if (json)
            {
                console.Output.WriteLine(JsonAnswer.Write(answer));
            }
            else
            {
                TextAnswer.Write(answer, console.Output, console.IsPlain);
            }

            return (int)answer.Code;
        }
        catch (Exception failure)
        {
            // The program's edge: nothing above can do more with it than tell the user.
            (ExitCode code, string message) = Explain(failure);
            return Fail(code, message, failure, json, parsed.GetValue(Options.Verbose));
        }
    }

    private static (ExitCode Code, string Message) Explain(Exception failure) => failure switch
    {
        CommandException known => (known.Code, known.Message),
        LedgerClientException call => ((ExitCode)(int)call.Kind, call.Message),
        KeyFileException or ProfileException or FormatException => (ExitCode.WrongUse, failure.Message),
        IOException or UnauthorizedAccessException => (ExitCode.WrongUse, failure.Message),
        OperationCanceledException => (ExitCode.Undecided, "Interrupted. What was sent may still be decided."),
        _ => (ExitCode.Internal,
            $"This is an error of the program: {failure.Message} Run again with --verbose and report it."),
    };
}
