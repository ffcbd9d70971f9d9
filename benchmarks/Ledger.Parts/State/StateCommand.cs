using System.CommandLine;
using System.Diagnostics;
using System.Globalization;

namespace Ledger.Parts.State;

/// <summary>
/// <c>state</c>: applying, committing and looking up in ledgers of several sizes, which all stay open and are measured
/// in turn, so that what else the host does falls on all of them.
/// </summary>
internal static class StateCommand
{
    /// <summary>Blocks of each size after which the code is compiled; they are not told.</summary>
    private const int WarmUpBlocks = 60;

    /// <summary>Records between two lines of progress.</summary>
    private const long ProgressStep = 1_000_000;

    /// <summary>The command; <c>bench state</c> starts it.</summary>
    public static Command Create()
    {
        Option<long[]> records = new("--records") { AllowMultipleArgumentsPerToken = true, Required = true };
        Option<int> learners = new("--learners") { Required = true };
        Option<int> rounds = new("--rounds") { Required = true };
        Option<int> blocks = new("--blocks") { Required = true };
        Option<int> lookups = new("--lookups") { Required = true };
        Option<string> folder = new("--folder") { Required = true };
        Option<string> json = new("--json") { Required = true };
        Command command = new("state", "Apply, commit and look up at several sizes; bench state starts it.")
        {
            records, learners, rounds, blocks, lookups, folder, json,
        };
        command.SetAction(result => Run(
            result.GetRequiredValue(records), result.GetRequiredValue(learners), result.GetRequiredValue(rounds),
            result.GetRequiredValue(blocks), result.GetRequiredValue(lookups), result.GetRequiredValue(folder),
            result.GetRequiredValue(json)));
        return command;
    }

    private static int Run(
        long[] sizes, int learners, int rounds, int blocks, int lookups, string folder, string json)
    {
        List<StoredLedger> ledgers = [];
        List<double> fillSeconds = [];
        List<StateRound> measured = [];
        try
        {
            foreach (long size in sizes)
            {
                long start = Stopwatch.GetTimestamp();
                ledgers.Add(Filled(size, learners, folder));
                fillSeconds.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture, $"{size:N0} records took {fillSeconds[^1]:N1} s to fill in"));
            }

            for (int place = 0; place < sizes.Length; place++)
            {
                StateRound.Of(round: 0, sizes[place], ledgers[place], WarmUpBlocks, lookups);
            }

            for (int round = 1; round <= rounds; round++)
            {
                for (int place = 0; place < sizes.Length; place++)
                {
                    StateRound result = StateRound.Of(round, sizes[place], ledgers[place], blocks, lookups);
                    measured.Add(result);
                    Console.WriteLine(LineOf(result));
                    new StateRows(
                        learners, StoredLedger.RecordsOfBlock, ledgers[0].BlockCacheBytes(), fillSeconds,
                        [.. ledgers.Select(ledger => ledger.StoreBytes)], measured).Write(json);
                }
            }

            return 0;
        }
        finally
        {
            ledgers.ForEach(ledger => ledger.Dispose());
        }
    }

    private static StoredLedger Filled(long size, int learners, string folder)
    {
        StoredLedger ledger = new(learners, Path.Combine(folder, size.ToString(CultureInfo.InvariantCulture)));
        long told = 0;
        ledger.FillTo(size, records =>
        {
            if (records / ProgressStep > told)
            {
                told = records / ProgressStep;
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{records:N0} of {size:N0} records"));
            }
        });
        return ledger;
    }

    private static string LineOf(StateRound round) => string.Create(
        CultureInfo.InvariantCulture,
        $"round {round.Round}, {round.Size:N0} records: apply {round.ApplyUs:N2} us and commit {round.CommitUs:N2} us "
        + $"a record, {round.CpuUs:N2} us CPU; locator p99 {round.LocatorUs.P99:N1} us, state p99 "
        + $"{round.StateUs.P99:N1} us");
}
