using System.Diagnostics;
using System.Text.Json;

namespace Ledger.Benchmarks.Demo;

/// <summary>Runs the <c>ledger</c> command line as a user would, with the consortium's ready profiles.</summary>
public sealed class CommandLineProgram(string clientHome)
{
    private static readonly string Assembly = Path.Combine(
        Path.GetDirectoryName(typeof(Ledger.CommandLine.LedgerProgram).Assembly.Location)!, "ledger.dll");

    /// <summary>Runs a command with a profile; the answer is the JSON that it wrote.</summary>
    public async Task<CommandResult> RunAsync(string profile, params string[] arguments)
    {
        ProcessStartInfo start = new("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        string[] all = [Assembly, .. arguments, "--json", "--home", clientHome, "--profile", profile];
        foreach (string argument in all)
        {
            start.ArgumentList.Add(argument);
        }

        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        string text = await output;
        string shown = text.TrimStart().StartsWith('{') ? text : await errors;
        try
        {
            return new CommandResult(process.ExitCode, JsonDocument.Parse(shown).RootElement.Clone());
        }
        catch (JsonException problem)
        {
            throw new BenchmarkException(
                $"ledger {arguments[0]} {arguments[1]} wrote no JSON: {shown} ({problem.Message})");
        }
    }

    /// <summary>The command as a user types it.</summary>
    public string Shown(string profile, params string[] arguments) =>
        $"./ledger {string.Join(' ', arguments)} --profile {profile} --home {clientHome}";
}
