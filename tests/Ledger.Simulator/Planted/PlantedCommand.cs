using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Ledger.Simulator.Command;

namespace Ledger.Simulator.Planted;

/// <summary>
/// <c>simulate --planted</c>: builds a copy of the consensus for each known bug and runs seeds until a checker finds
/// it. That the tree without bugs passes the same seeds is the ordinary run.
/// </summary>
public static class PlantedCommand
{
    /// <summary>A bug must be found within so many seeds.</summary>
    public const int SeedsMax = 10_000;

    private static readonly NodeRange Nodes = new(4, 7);

    /// <summary>Runs all, prints a line for each, and returns 0 when all were caught.</summary>
    public static int Run(SimulateArguments arguments, TextWriter output, string commit)
    {
        string root = FindRoot();
        int seedsMax = arguments.Seeds > 0 ? arguments.Seeds : SeedsMax;
        PlantedTree tree = new(root, Path.Combine(root, "run", "planted"));
        ImmutableArray<PlantedBug> bugs = BugsOf(root);
        List<PlantedResult> results = [];
        foreach (PlantedBug bug in bugs.Where(bug => arguments.Only is null || bug.Name.Contains(arguments.Only)))
        {
            PlantedResult result = Find(bug, tree, seedsMax, arguments.Jobs);
            results.Add(result);
            string end = result.Caught
                ? $"caught by {result.Checker} after {result.SeedsNeeded} seeds"
                : "NOT CAUGHT";
            output.WriteLine($"{bug.Name,-48} {end}");
            if (arguments.Json is not null)
            {
                ReportFile.Write(arguments.Json, new PlantedReport(commit, seedsMax, Nodes.ToString(), results));
            }
        }

        int caught = results.Count(result => result.Caught);
        output.WriteLine($"{caught} of {results.Count} planted bugs caught");
        return caught == results.Count ? 0 : 1;
    }

    /// <summary>The bugs of a tree.</summary>
    public static ImmutableArray<PlantedBug> BugsOf(string root) =>
        PlantedBug.ReadAll(Path.Combine(root, "tests", "Ledger.Simulator", "Planted", "Bugs"));

    /// <summary>The folder of the solution, at or above the current folder or the program's.</summary>
    public static string FindRoot()
    {
        foreach (string start in new[] { Environment.CurrentDirectory, AppContext.BaseDirectory })
        {
            for (DirectoryInfo? folder = new(start); folder is not null; folder = folder.Parent)
            {
                if (File.Exists(Path.Combine(folder.FullName, "LearningLedger.sln")))
                {
                    return folder.FullName;
                }
            }
        }

        throw new ArgumentProblem("The sources are needed to plant bugs in: run it within the project's folder.");
    }

    private static PlantedResult Find(PlantedBug bug, PlantedTree tree, int seedsMax, int jobs)
    {
        string program = tree.Build(bug);
        string file = Path.Combine(Path.GetDirectoryName(program)!, "report.json");
        File.Delete(file);
        ProcessStartInfo start = new("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        string[] words =
        [
            program, "simulate", "--seeds", Text(seedsMax), "--nodes", Nodes.ToString(), "--jobs", Text(jobs),
            "--stop-at-failure", "--json", file,
        ];
        foreach (string word in words)
        {
            start.ArgumentList.Add(word);
        }

        using Process process = Process.Start(start)
            ?? throw new PlantedBugException($"{bug.Name}: dotnet does not start.");
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode > 1 || !File.Exists(file))
        {
            // A bug that ends the whole process was found by nobody.
            return new PlantedResult(
                bug.Name, bug.Number, bug.Kind, bug.What, false, null, null, output + errors.Result);
        }

        ReportDocument report = ReportFile.Read(file).ToDocument();
        FailureRecord? first = report.Failures.OrderBy(failure => failure.Seed).FirstOrDefault();
        return new PlantedResult(
            bug.Name, bug.Number, bug.Kind, bug.What, first is not null, first?.Checker,
            first is null ? null : (long)(first.Seed - report.From) + 1, first?.Message);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
