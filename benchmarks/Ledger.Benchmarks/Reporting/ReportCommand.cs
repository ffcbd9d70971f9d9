using System.CommandLine;
using System.Diagnostics;
using Ledger.Devnet;
using Ledger.Node.Commands;

namespace Ledger.Benchmarks.Reporting;

/// <summary><c>bench report</c>: one page of tables and plots from the figures of the other commands.</summary>
public static class ReportCommand
{
    // The short ones, and the files that each writes.
    private static readonly (string[] Arguments, string[] Files)[] Short =
    [
        (["replay", "--json", "replay.json", "--csv", "replay.csv"], ["replay.json", "replay.csv"]),
        (["replay", "--native", "--json", "replay-native.json"], ["replay-native.json"]),
        (["costs", "--json", "costs.json"], ["costs.json"]),
    ];

    /// <summary>The command.</summary>
    public static Command Create()
    {
        Option<string> page = new("--out") { Description = "The page to write.", Required = true };
        Option<bool> run = new("--run")
        {
            Description = "First run the short ones: replay, replay --native and costs, a minute in all.",
        };
        Argument<string[]> results = new("results")
        {
            Description = "Files that --json and --csv of the other commands wrote.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        Command command = new(
            "report",
            "Write one self-contained page with the paper's tables and figures, and others, from measured figures.\n"
            + "Example: ./ledger bench report --out report.html --run load.json load.csv peers.json")
        {
            page, run, results,
        };
        command.SetAction((result, interrupt) => BenchmarkEdge.RunAsync(() => RunAsync(
            result.GetRequiredValue(page), result.GetValue(run), result.GetValue(results) ?? [], interrupt)));
        return command;
    }

    private static async Task<int> RunAsync(
        string page, bool run, IReadOnlyList<string> results, CancellationToken interrupt)
    {
        List<string> paths = [.. results];
        if (run)
        {
            paths.AddRange(await RunShortAsync(interrupt));
        }

        if (paths.Count == 0)
        {
            throw new BenchmarkException(
                "There is nothing to report. Name result files, or let it --run the short ones.");
        }

        IReadOnlyList<string> sections = ReportPage.Write(page, ResultFiles.Read(paths));
        foreach (string section in sections)
        {
            Console.WriteLine("  " + section);
        }

        Console.WriteLine($"The page is {page}; the tables behind it lie in {new ReportData(page).Folder}");
        return ExitCode.Done;
    }

    private static async Task<IReadOnlyList<string>> RunShortAsync(CancellationToken interrupt)
    {
        string folder = RunFolder.Of("report");
        Directory.CreateDirectory(folder);
        List<string> written = [];
        foreach ((string[] arguments, string[] files) in Short)
        {
            Console.WriteLine("./ledger bench " + string.Join(' ', arguments));
            ProcessStartInfo start = new("dotnet") { UseShellExecute = false, WorkingDirectory = folder };
            start.Environment[RunFolder.Variable] = Path.GetFullPath(RunFolder.Of("."));
            foreach (string argument in (string[])[typeof(ReportCommand).Assembly.Location, .. arguments])
            {
                start.ArgumentList.Add(argument);
            }

            using Process process = Process.Start(start)!;
            await using CancellationTokenRegistration stopping = interrupt.Register(() => Stop(process.Id));
            await process.WaitForExitAsync(CancellationToken.None);
            if (interrupt.IsCancellationRequested)
            {
                throw new BenchmarkException("Interrupted: no page was written.");
            }

            if (process.ExitCode != ExitCode.Done)
            {
                throw new BenchmarkException(
                    $"{arguments[0]} ended with code {process.ExitCode}; what it said stands above.");
            }

            written.AddRange(files.Select(file => Path.Combine(folder, file)));
        }

        return written;
    }

    // It stops its nodes and ends by itself.
    private static void Stop(int processId)
    {
        using Process signal = Process.Start(
            "/bin/kill", ["-TERM", processId.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
    }
}
