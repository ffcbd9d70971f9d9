using System.CommandLine;
using Ledger.Benchmarks.Running;
using Ledger.Contracts.Transactions;
using Ledger.Devnet;
using Ledger.Workload;

namespace Ledger.Benchmarks.Populating;

/// <summary><c>bench population</c>: all 498,842 records on four nodes.</summary>
public static class PopulationCommand
{
    /// <summary>As many as a node's own anchoring puts into one transaction.</summary>
    private const int BatchUsual = 500;

    /// <summary>The command.</summary>
    public static Command Create()
    {
        Option<bool> intake = new("--intake")
        {
            Description = "Let the record stores take all records in too, afterwards, and report it apart.",
        };
        Option<bool> warm = new("--warm")
        {
            Description = "Heat the nodes first, by the paper's work for other learners, until its code is compiled.",
        };
        Option<int> batch = RunOptions.Number(
            "--batch", "Records of a transaction, at most.", BatchUsual, 1, TransactionLimits.RecordsMax);
        Option<int> records = RunOptions.Number(
            "--records", "Write the first N records only.", Population.RecordCount, 1, Population.RecordCount);
        CommonOptions common = new CommonOptions().WithSeed();
        Command command = common.AddTo(new Command(
            "population",
            "Write the whole population, 498,842 records of 651 students, from prepared commitments to certified and "
            + "indexed.\nExample: ./ledger bench population --warm --intake --json population.json")
        {
            warm, intake, batch, records,
        });
        command.SetAction((result, interrupt) => common.RunAsync(
            result,
            _ => new PopulationRun(
                new PopulationOptions(
                    common.SeedOf(result), result.GetRequiredValue(records), result.GetRequiredValue(batch),
                    result.GetValue(warm), result.GetValue(intake)),
                RunFolder.Of("bench")),
            interrupt));
        return command;
    }
}
