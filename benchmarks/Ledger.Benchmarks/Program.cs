using System.CommandLine;
using Ledger.Benchmarks.Demo;
using Ledger.Benchmarks.Replay;

RootCommand root = new("Benchmarks and the demonstration of LearningLedger.")
{
    ReplayCommand.Create(),
    DemoCommand.Create(),
};
ParseResult parsed = root.Parse(args);
int code = await parsed.InvokeAsync();
return parsed.Errors.Count > 0 ? Ledger.Node.Commands.ExitCode.WrongUse : code;
