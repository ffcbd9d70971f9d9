using System.CommandLine;
using System.Globalization;
using Ledger.Benchmarks.Replay;
using Ledger.Node.Commands;
using Ledger.Workload;
using Spectre.Console;

namespace Ledger.Benchmarks.Dataset;

/// <summary><c>bench dataset</c>: the population as files, with a data sheet.</summary>
public static class DatasetCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        Option<string> folder = new("--out")
        {
            Description = "Folder to write to: a new one, or one that is empty.",
            Required = true,
        };
        Option<ulong> seed = new("--seed")
        {
            Description = "Seed of the population.",
            DefaultValueFactory = _ => ReplayCommand.SeedUsual,
        };
        Option<int> records = new("--records")
        {
            Description = "Write the first N records only, for a look.",
            DefaultValueFactory = _ => Population.RecordCount,
        };
        Command command = new(
            "dataset",
            "Write the population, 498,842 records of 651 students, as JSON lines and tables with a data sheet.\n"
            + "Example: ./ledger bench dataset --out run/dataset")
        {
            folder, seed, records,
        };
        command.SetAction((result, cancellation) => BenchmarkEdge.RunAsync(() => RunAsync(
            result.GetValue(folder)!, result.GetValue(seed), result.GetValue(records), cancellation)));
        return command;
    }

    private static async Task<int> RunAsync(string folder, ulong seed, int records, CancellationToken cancellation)
    {
        if (records < 1 || records > Population.RecordCount)
        {
            throw new BenchmarkException($"--records is 1 to {Population.RecordCount}.");
        }

        if (File.Exists(folder) || (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any()))
        {
            throw new BenchmarkException($"{folder} exists and is not an empty folder. Name a new one with --out.");
        }

        Directory.CreateDirectory(folder);
        IReadOnlyList<PublishedFile> files;
        try
        {
            files = await WriteAsync(folder, seed, records, cancellation);
        }
        catch (OperationCanceledException)
        {
            throw new BenchmarkException(
                $"Interrupted: {folder} is unfinished, as it has no {DatasetPublisher.SumsFile}. "
                + "Remove it and run again.");
        }

        foreach (PublishedFile file in files)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{file.Sha256}  {file.Bytes,13:N0} bytes  {file.Name}"));
        }

        Console.WriteLine($"The data sheet is {Path.Combine(folder, DatasetPublisher.SheetFile)}");
        return ExitCode.Done;
    }

    private static async Task<IReadOnlyList<PublishedFile>> WriteAsync(
        string folder, ulong seed, int records, CancellationToken cancellation)
    {
        DatasetPublisher publisher = new(seed, records);
        IReadOnlyList<PublishedFile> files = [];
        await AnsiConsole.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(),
                new ElapsedTimeColumn())
            .StartAsync(async context =>
            {
                ProgressTask bar = context.AddTask("records", maxValue: records);
                files = await Task.Run(
                    () => publisher.Write(folder, new ProgressBar(bar), cancellation), cancellation);
            });
        return files;
    }
}
