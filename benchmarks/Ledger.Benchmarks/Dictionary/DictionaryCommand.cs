using System.CommandLine;
using Ledger.Benchmarks.Running;

namespace Ledger.Benchmarks.Dictionary;

/// <summary><c>bench dictionary</c>: what somebody learns from commitments who knows almost everything.</summary>
public static class DictionaryCommand
{
    private const int GuessesUsual = 10_000_000;
    private const int GuessesMax = 1_000_000_000;
    private const int RecordsUsual = 1_000;
    private const int RecordsMax = 10_000;

    /// <summary>The command.</summary>
    public static Command Create()
    {
        Option<int> guesses = RunOptions.Number(
            "--guesses", "Guesses at the least.", GuessesUsual, DictionaryAttack.GuessesOfRecord, GuessesMax);
        Option<int> records = RunOptions.Number(
            "--records", "Graded records that are attacked.", RecordsUsual, 1, RecordsMax);
        CommonOptions common = new CommonOptions().WithSeed();
        Command command = common.AddTo(new Command(
            "dictionary",
            "Guess scores of a known roster against the ledger's commitments, and against ones without salts.\n"
            + "Example: ./ledger bench dictionary --json dictionary.json")
        {
            guesses, records,
        });
        command.SetAction((result, interrupt) => common.RunAsync(
            result,
            _ => new DictionaryRun(
                common.SeedOf(result), result.GetRequiredValue(records), result.GetRequiredValue(guesses)),
            interrupt));
        return command;
    }
}
