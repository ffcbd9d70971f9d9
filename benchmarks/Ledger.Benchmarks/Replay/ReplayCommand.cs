using System.CommandLine;
using Ledger.Benchmarks.Running;
using Ledger.Devnet;

namespace Ledger.Benchmarks.Replay;

/// <summary><c>bench replay</c>: the paper's workload alone, or a researcher's own log.</summary>
public static class ReplayCommand
{
    /// <summary>The seed where none is given: the day on which the paper appeared.</summary>
    public const ulong SeedUsual = 20190412;

    /// <summary>The command.</summary>
    public static Command Create()
    {
        Option<bool> native = new("--native")
        {
            Description = "Use atomic groups and batches instead of one operation a transaction.",
        };
        Option<string?> input = new("--input")
        {
            Description = "Replay this log instead: JSON lines, each an xAPI statement or a Caliper event.",
        };
        Option<bool> warm = new("--warm")
        {
            Description = "Then heat the nodes with more of the same work, and replay a second workload on them.",
        };
        CommonOptions common = new CommonOptions().WithSeed().WithOperations();
        Command command = common.AddTo(new Command(
            "replay",
            "Replay the paper's workload: 500 records of 291 learners, 3,104 contract operations; or a log of yours.\n"
            + "Example: ./ledger bench replay --warm --json replay.json\n"
            + "Example: ./ledger bench replay --input statements.jsonl --native --csv operations.csv")
        {
            native, warm, input,
        });
        command.SetAction((result, interrupt) => common.RunAsync(
            result,
            table => new ReplayBenchmark(
                new ReplayOptions(
                    result.GetValue(native), result.GetValue(warm), result.GetValue(input), common.SeedOf(result)),
                RunFolder.Of("bench"), OperationsCsv.On(table)),
            interrupt));
        return command;
    }
}
