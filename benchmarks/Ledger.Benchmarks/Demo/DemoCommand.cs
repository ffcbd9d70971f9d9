using System.CommandLine;
using System.Text.Json.Nodes;
using Ledger.Benchmarks.Replay;
using Ledger.Benchmarks.Results;
using Ledger.Devnet;
using Ledger.Node.Commands;
using Spectre.Console;

namespace Ledger.Benchmarks.Demo;

/// <summary><c>demo</c>: four institutions do the job that the ledger exists for.</summary>
public static class DemoCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        Option<bool> keep = new("--keep") { Description = "Leave the network up." };
        Option<string?> json = new("--json") { Description = "Write what was measured to this file." };
        Command command = new(
            "demo",
            "Four institutions, 500 learning records of 291 learners, and what they do with them.\nExample: "
                + "./ledger demo --keep")
        {
            keep, json,
        };
        command.SetAction((result, cancellation) => BenchmarkEdge.RunAsync(
            () => RunAsync(result.GetValue(keep), result.GetValue(json), cancellation)));
        return command;
    }

    private static async Task<int> RunAsync(bool keep, string? json, CancellationToken cancellation)
    {
        string folder = RunFolder.Of("demo");
        Console.WriteLine($"Four institutions found a ledger; each runs a node on this machine, below {Shown(folder)}");
        await using Workspace workspace = await Workspace.StartAsync(folder, keep);
        PaperReplay replay = new(ReplayCommand.SeedUsual, native: false);
        using Cast cast = new(workspace.Consortium, replay.Sample.Students.Count);
        Console.WriteLine("They replay the paper's workload: 500 learning records of 291 learners.");
        ReplayResult measured = await ReplayProgress.ShowAsync(begin => replay.RunAsync(cast, begin, cancellation));
        Console.WriteLine("100 transactions at 10 a second measure the time from submission to commit.");
        Spread latency = await new LatencyRun(cast).RunAsync(cancellation);
        SharingStory story = new(workspace.Consortium, cast, replay.Sample);
        int number = 0;
        List<DemoStep> steps = [.. await story.RunAsync(step => Tell(++number, step))];
        await workspace.Consortium.StopAsync();
        steps.Add(await story.VerifyOfflineAsync());
        Tell(++number, steps[^1]);
        TellHowToBreak(story, workspace);
        ReplayTable.Write([measured], withPaper: true);
        StepTable(steps, latency);
        if (json is not null)
        {
            await File.WriteAllTextAsync(
                json, Document(measured, latency, story, steps).ToJsonString(ResultJson.Options), cancellation);
        }

        if (keep)
        {
            await workspace.Consortium.StartAsync(detached: true);
            TellWhatToTry(story, workspace);
        }

        bool held = steps.All(step => step.Held) && measured is { HeadsEqual: true, StateRootsEqual: true };
        Console.WriteLine(held ? "Every step held." : "NOT every step held.");
        return held ? ExitCode.Done : ExitCode.NotVerified;
    }

    private static void Tell(int number, DemoStep step)
    {
        Console.WriteLine();
        Console.WriteLine($"{number}. {(step.Held ? "ok " : "FAILED ")} {step.Sentence}");
        Console.WriteLine("   " + Shown(step.Command));
        if (!step.Held)
        {
            Console.WriteLine("   " + step.Finding);
        }
    }

    private static void TellHowToBreak(SharingStory story, Workspace workspace)
    {
        Console.WriteLine();
        Console.WriteLine("   The receipt stays on disk. Break it and see it fail:");
        Console.WriteLine($"   printf X | dd of={Shown(story.ReceiptFile)} bs=1 seek=200 conv=notrunc status=none");
        Console.WriteLine(Shown(
            $"   ./ledger verify {story.ReceiptFile} --genesis {workspace.Consortium.Plan.GenesisFile}"));
    }

    // Paths below the current folder are shown as one would type them.
    private static string Shown(string text) => text.Replace(
        Directory.GetCurrentDirectory() + Path.DirectorySeparatorChar, string.Empty, StringComparison.Ordinal);

    private static void TellWhatToTry(SharingStory story, Workspace workspace)
    {
        string home = Shown(workspace.Consortium.Plan.ClientHome);
        Console.WriteLine("The network is up. Try:");
        Console.WriteLine($"  ./ledger node status --home {home} --profile north");
        Console.WriteLine($"  ./ledger learner show {story.Learner} --home {home} --profile learner");
        Console.WriteLine($"  ./ledger block list --home {home} --profile east");
        Console.WriteLine($"Stop it with: ./ledger devnet down --folder {Shown(workspace.Consortium.Plan.Folder)}");
    }

    private static void StepTable(IReadOnlyList<DemoStep> steps, Spread latency)
    {
        Table table = new Table().Border(TableBorder.Simple).AddColumn("step").AddColumn("held");
        foreach (DemoStep step in steps)
        {
            table.AddRow(step.Key.Replace('_', ' '), step.Held ? "yes" : "NO");
        }

        table.AddRow(
            "submit to commit, p50 / p95 / p99 / max",
            FormattableString.Invariant($"{latency.P50} / {latency.P95} / {latency.P99} / {latency.Max} ms"));
        AnsiConsole.Write(table);
    }

    private static JsonObject Document(
        ReplayResult measured, Spread latency, SharingStory story, IReadOnlyList<DemoStep> steps)
    {
        JsonObject document = ResultJson.Node(measured)!.AsObject();
        document["latency_ms"] = ResultJson.Node(latency);
        document["records_verified"] = story.RecordsVerified;
        foreach (DemoStep step in steps)
        {
            document[step.Key] = step.Held;
        }

        return document;
    }
}
