namespace Ledger.EndToEnd.Tests.Setup;

/// <summary>The commands of deploy/README.md: the shell block of each numbered step.</summary>
public sealed class Guide
{
    private readonly string[] lines = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "deploy.md"));

    /// <summary>The first <c>sh</c> block below the heading that begins with the step's number.</summary>
    public string Step(int number)
    {
        string[] below = [.. lines
            .SkipWhile(line => !line.StartsWith($"## {number}. ", StringComparison.Ordinal))
            .Skip(1)
            .TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))];
        string[] block = [.. below.SkipWhile(line => line != "```sh").Skip(1).TakeWhile(line => line != "```")];
        Assert.That(block, Is.Not.Empty, $"deploy/README.md has no commands in step {number}");
        return string.Join('\n', block);
    }

    /// <summary>A step with values in place of the page's; each of them must stand in it.</summary>
    public string Step(int number, params (string Written, string Value)[] values)
    {
        string commands = Step(number);
        foreach ((string written, string value) in values)
        {
            Assert.That(commands, Does.Contain(written), $"step {number} of deploy/README.md");
            commands = commands.Replace(written, value, StringComparison.Ordinal);
        }

        return commands;
    }
}
