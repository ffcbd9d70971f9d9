using System.Collections.Immutable;
using System.Text;

namespace Ledger.Consensus.Tests;

/// <summary>
/// A story on disk: a comment in lines that begin with <c>#</c>, then blocks of commands, each followed by a line
/// <c>----</c> and the log it must give, which ends at an empty line.
/// </summary>
internal sealed class ScriptFile(ImmutableArray<string> comment, ImmutableArray<ScriptBlock> blocks)
{
    private const string Separator = "----";

    private const string Nothing = "nothing";

    /// <summary>What the story is about.</summary>
    public ImmutableArray<string> Comment => comment;

    public ImmutableArray<ScriptBlock> Blocks => blocks;

    public static ScriptFile Read(string path)
    {
        string[] lines = File.ReadAllLines(path);
        ImmutableArray<string> comment = [.. lines.TakeWhile(line => line.StartsWith('#'))];
        ImmutableArray<ScriptBlock>.Builder blocks = ImmutableArray.CreateBuilder<ScriptBlock>();
        int at = comment.Length;
        while (at < lines.Length)
        {
            if (lines[at].Length == 0)
            {
                at++;
                continue;
            }

            ImmutableArray<string> commands = [.. lines[at..].TakeWhile(line => line.Length > 0 && line != Separator)];
            at += commands.Length;
            ImmutableArray<string> expected = [];
            if (at < lines.Length && lines[at] == Separator)
            {
                expected = [.. lines[(at + 1)..].TakeWhile(line => line.Length > 0)];
                at += 1 + expected.Length;
            }

            blocks.Add(new ScriptBlock(commands, expected));
        }

        return new ScriptFile(comment, blocks.ToImmutable());
    }

    /// <summary>Runs all commands in a world of their own; the same blocks with the logs that they gave.</summary>
    public ScriptFile Run()
    {
        ScriptInterpreter interpreter = new();
        return new ScriptFile(
            comment, [.. blocks.Select(block => block with { Expected = LogOf(interpreter, block) })]);
    }

    public override string ToString()
    {
        StringBuilder text = new();
        foreach (string line in comment)
        {
            text.Append(line).Append('\n');
        }

        foreach (ScriptBlock block in blocks)
        {
            text.Append('\n');
            foreach (string line in block.Commands.Append(Separator).Concat(block.Expected))
            {
                text.Append(line).Append('\n');
            }
        }

        return text.ToString();
    }

    private static ImmutableArray<string> LogOf(ScriptInterpreter interpreter, ScriptBlock block)
    {
        ImmutableArray<string> log = [.. block.Commands.SelectMany(command => interpreter.Run(command))];
        return log.IsEmpty ? [Nothing] : log;
    }
}
