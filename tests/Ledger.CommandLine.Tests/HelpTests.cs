using System.CommandLine;
using Ledger.CommandLine.Hosting;

namespace Ledger.CommandLine.Tests;

public sealed class HelpTests
{
    [TestCaseSource(nameof(AllVerbs))]
    public async Task Help_of_every_command_has_an_example_that_the_program_understands(string path)
    {
        CommandRun run = await CommandRun.OfAsync(Path.GetTempPath(), [.. path.Split(' '), "--help"]);

        Assert.That(run.Code, Is.Zero, run.Error);
        Assert.That(run.Output, Does.Contain("Example:"));
        string example = run.Output.Split('\n').Select(static line => line.Trim())
            .First(static line => line.StartsWith("ledger ", StringComparison.Ordinal));
        Assert.That(example, Does.Contain("ledger " + path));
        string last = example.Split("&&")[^1].Trim()["ledger ".Length..];
        CommandHost host = new(new ProgramConsole(TextWriter.Null, TextWriter.Null, true, null), TimeProvider.System);
        Assert.That(LedgerProgram.CreateRoot(host).Parse(last).Errors, Is.Empty, example);
    }

    [Test]
    public async Task Program_without_a_command_shows_what_there_is()
    {
        using StringWriter output = new();
        int code = await LedgerProgram.RunAsync(
            [], new ProgramConsole(output, TextWriter.Null, true, null), TimeProvider.System);

        Assert.That(code, Is.Zero);
        Assert.That(output.ToString(), Does.Contain("institution").And.Contain("access").And.Contain("verify"));
    }

    [Test]
    public void Documentation_names_every_command()
    {
        string page = File.ReadAllText(PagePath());

        Assert.That(AllVerbs().Where(verb => !page.Contains("ledger " + verb, StringComparison.Ordinal)), Is.Empty);
    }

    private static string PagePath([System.Runtime.CompilerServices.CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "docs", "command-line.md");

    private static IEnumerable<string> AllVerbs()
    {
        CommandHost host = new(new ProgramConsole(TextWriter.Null, TextWriter.Null, true, null), TimeProvider.System);
        return LedgerProgram.CreateRoot(host).Subcommands.SelectMany(static noun => VerbsBelow(noun, noun.Name));
    }

    private static IEnumerable<string> VerbsBelow(Command command, string path) => command.Subcommands.Count == 0
        ? [path]
        : command.Subcommands.SelectMany(below => VerbsBelow(below, $"{path} {below.Name}"));
}
