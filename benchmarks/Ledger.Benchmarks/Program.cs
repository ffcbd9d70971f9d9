using System.CommandLine;
using Ledger.Benchmarks.Dataset;
using Ledger.Benchmarks.Demo;
using Ledger.Benchmarks.Replay;
using Spectre.Console;

if (Console.IsOutputRedirected)
{
    // A file or a pipe gets plain text of a usual width.
    AnsiConsole.Profile.Capabilities.Ansi = false;
    AnsiConsole.Profile.Capabilities.ColorSystem = ColorSystem.NoColors;
    AnsiConsole.Profile.Width = 100;
}

RootCommand root = new("Benchmarks and the demonstration of LearningLedger.")
{
    ReplayCommand.Create(),
    DemoCommand.Create(),
    DatasetCommand.Create(),
};
ParseResult parsed = root.Parse(args);
int code = await parsed.InvokeAsync();
return parsed.Errors.Count > 0 ? Ledger.Node.Commands.ExitCode.WrongUse : code;
