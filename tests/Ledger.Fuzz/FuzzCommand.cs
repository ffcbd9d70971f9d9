using System.Globalization;

namespace Ledger.Fuzz;

/// <summary>The words of the command line.</summary>
internal sealed record FuzzCommand
{
    public const string Usage =
        """
        usage: ./ledger fuzz [--target NAME]... [--inputs N] [--seed S] [--from INDEX] [--minutes M] [--json FILE]
               ./ledger fuzz --list
          --inputs   inputs of each target (100000); a costly target gets fewer, see --list
          --seed     seed of all inputs (1); with the index it brings an input back
          --minutes  ends the run after this time
        """;

    public IReadOnlyList<string> Targets { get; private init; } = [];

    public long Inputs { get; private init; } = 100_000;

    public ulong Seed { get; private init; } = 1;

    public long First { get; private init; }

    public double Minutes { get; private init; } = double.PositiveInfinity;

    public string? JsonFile { get; private init; }

    public bool IsList { get; private init; }

    /// <summary>The command, or null when a word is none.</summary>
    public static FuzzCommand? Of(IReadOnlyList<string> words)
    {
        FuzzCommand? command = new();
        for (int at = 0; at < words.Count && command is not null; at++)
        {
            if (words[at] == "--list")
            {
                command = command with { IsList = true };
                continue;
            }

            command = at + 1 < words.Count ? command.With(words[at], words[++at]) : null;
        }

        return command;
    }

    private FuzzCommand? With(string option, string value)
    {
        bool isNumber = long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out long number);
        return option switch
        {
            "--target" => this with { Targets = [.. Targets, value] },
            "--json" => this with { JsonFile = value },
            "--inputs" when isNumber && number > 0 => this with { Inputs = number },
            "--seed" when isNumber => this with { Seed = (ulong)number },
            "--from" when isNumber => this with { First = number },
            "--minutes" when double.TryParse(
                value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double minutes) =>
                this with { Minutes = minutes },
            _ => null,
        };
    }
}
