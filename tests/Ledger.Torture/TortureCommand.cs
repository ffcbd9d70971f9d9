using System.CommandLine;
using System.Text.Json;

namespace Ledger.Torture;

/// <summary>What the runs have in common on the command line.</summary>
internal static class TortureCommand
{
    /// <summary>
    /// The environment in which <c>snake_case</c> names of the figures are written, so that other tools read them.
    /// </summary>
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DictionaryKeyPolicy = JsonNamingPolicy.SnakeCaseLower,
    };

    /// <summary>A command that makes a consortium, repeats something on it and reports.</summary>
    public static Command Create(
        string name, string description, string countName, int countDefault,
        Func<TestConsortium, int, Task<TortureReport>> run)
    {
        Option<int> count = new(countName) { Description = "How often.", DefaultValueFactory = _ => countDefault };
        Option<FileInfo?> json = new("--json") { Description = "Also write the figures to this file." };
        Command command = new(name, description) { count, json };
        command.SetAction(result => RunAsync(
            name, result.GetRequiredValue(count), result.GetValue(json), run));
        return command;
    }

    private static async Task<int> RunAsync(
        string name, int count, FileInfo? json, Func<TestConsortium, int, Task<TortureReport>> run)
    {
        RunEnvironment environment = await RunEnvironment.TakeAsync();
        Console.WriteLine($"{name}, {count} times; {environment}");
        using TestConsortium consortium = await TestConsortium.StartAsync("torture-" + name);
        try
        {
            TortureReport report = await run(consortium, count) with { Name = name, Environment = environment };
            Console.WriteLine(report.Text());
            if (json is not null)
            {
                await File.WriteAllTextAsync(json.FullName, JsonSerializer.Serialize(report, Json));
            }

            return report.Passed ? 0 : 1;
        }
        catch (ObservationException problem)
        {
            Console.Error.WriteLine(problem.Message);
            KeepLogs(consortium, name);
            return 1;
        }
    }

    private static void KeepLogs(TestConsortium consortium, string name)
    {
        foreach (Ledger.Devnet.DevnetNode node in consortium.Nodes)
        {
            string kept = Path.Combine(Path.GetTempPath(), $"ledger-torture-{name}-{node.Key}.log");
            File.Copy(node.LogFile, kept, overwrite: true);
            Console.Error.WriteLine("its log: " + kept);
        }
    }
}
