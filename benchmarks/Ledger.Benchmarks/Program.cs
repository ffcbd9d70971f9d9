using System.CommandLine;
using Ledger.Benchmarks.ColdStart;
using Ledger.Benchmarks.Costs;
using Ledger.Benchmarks.Dataset;
using Ledger.Benchmarks.Demo;
using Ledger.Benchmarks.Dictionary;
using Ledger.Benchmarks.Granted;
using Ledger.Benchmarks.Intake;
using Ledger.Benchmarks.Load;
using Ledger.Benchmarks.Parts;
using Ledger.Benchmarks.Peers;
using Ledger.Benchmarks.Populating;
using Ledger.Benchmarks.Reads;
using Ledger.Benchmarks.Replay;
using Ledger.Benchmarks.Reporting;
using Ledger.Benchmarks.Scale;
using Ledger.Benchmarks.Soak;
using Ledger.Benchmarks.State;
using Ledger.Benchmarks.Wan;
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
    LoadCommand.Create(),
    DatasetCommand.Create(),
    PopulationCommand.Create(),
    PartsCommand.Create(),
    PeersCommand.Create(),
    CostsCommand.Create(),
    ReportCommand.Create(),
    ReadCommand.Create(),
    GrantedCommand.Create(),
    ScaleCommand.Create(),
    WanCommand.Create(),
    SoakCommand.Create(),
    StateCommand.Create(),
    IntakeCommand.Create(),
    ColdStartCommand.Create(),
    DictionaryCommand.Create(),
    RecordServerCommand.Create(),
    BytesServerCommand.Create(),
};
ParseResult parsed = root.Parse(args);

// After an interrupt the nodes are stopped and what was measured is written: with many nodes that takes a while.
InvocationConfiguration invocation = new() { ProcessTerminationTimeout = TimeSpan.FromSeconds(90) };
int code = await parsed.InvokeAsync(invocation);
return parsed.Errors.Count > 0 ? Ledger.Node.Commands.ExitCode.WrongUse : code;
