using System.Text.Json;
using Ledger.CommandLine;
using Ledger.CommandLine.Hosting;
using Ledger.Testing;

namespace Ledger.EndToEnd.Tests.Support;

/// <summary>The command line, run as its users run it, with the profiles of a folder.</summary>
public sealed class CommandLineOf(string home)
{
    /// <summary>Runs a command with a profile; it must succeed.</summary>
    public async Task<JsonElement> RunAsync(string profile, params string[] arguments)
    {
        (int code, JsonElement answer) = await TryAsync(profile, arguments);
        Assert.That(code, Is.Zero, $"{profile}: {string.Join(' ', arguments)}\n{answer}");
        return answer;
    }

    /// <summary>Runs a command with a profile; answers its exit code and what it wrote.</summary>
    public async Task<(int Code, JsonElement Answer)> TryAsync(string profile, params string[] arguments)
    {
        using StringWriter output = new();
        using StringWriter errors = new();
        int code = await LedgerProgram.RunAsync(
            [.. arguments, "--home", home, "--profile", profile, "--json"],
            new ProgramConsole(output, errors, IsPlain: true, PromptSecret: null)
            {
                OpenKeyFile = RememberedKeys.Open,
            },
            TimeProvider.System);
        return (code, JsonDocument.Parse(output.ToString()).RootElement);
    }
}
