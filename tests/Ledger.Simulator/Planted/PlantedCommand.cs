using System.Collections.Immutable;
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

    /// <summary>
    /// Runs all, prints a line for each, and returns 0 when all were caught and the tree without bugs passes.
    /// </summary>
    public static int Run(SimulateArguments arguments, TextWriter output, string commit)
    {
        string root = FindRoot();
        string folder = Path.Combine(root, "run", "planted");
        int seedsMax = arguments.Seeds > 0 ? arguments.Seeds : SeedsMax;
        PlantedTree tree = new(root, folder);
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
            Write(null);
        }

        UnpatchedResult unpatched = RunUnpatched(folder, results.Max(one => one.SeedsNeeded) ?? 0, arguments.Jobs);
        output.WriteLine($"{"without a bug",-48} "
            + (unpatched.Passed ? $"{unpatched.Seeds} seeds pass" : $"FAILS: {unpatched.Message}"));
        Write(unpatched);
        int caught = results.Count(result => result.Caught);
        output.WriteLine($"{caught} of {results.Count} planted bugs caught");
        return caught == results.Count && unpatched.Passed ? 0 : 1;

        void Write(UnpatchedResult? last)
        {
            if (arguments.Json is not null)
            {
                ReportFile.Write(
                    arguments.Json, new PlantedReport(commit, seedsMax, PlantedRun.Nodes.ToString(), results, last));
            }
        }
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
        PlantedRun run = PlantedRun.Of(program, Path.GetDirectoryName(program)!, seedsMax, jobs);
        return new PlantedResult(
            bug.Name, bug.Number, bug.Kind, bug.What, run.First is not null, run.First?.Checker, run.SeedsNeeded,
            run.Error ?? run.First?.Message);
    }

    private static UnpatchedResult RunUnpatched(string folder, long seeds, int jobs)
    {
        string program = typeof(PlantedCommand).Assembly.Location;
        PlantedRun run = PlantedRun.Of(program, folder, Math.Max(seeds, 1), jobs);
        return new UnpatchedResult(seeds, run is { First: null, Error: null }, run.Error ?? run.First?.Message);
    }
}
