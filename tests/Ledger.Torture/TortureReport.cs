using System.Globalization;
using System.Text;

namespace Ledger.Torture;

/// <summary>What a run has shown.</summary>
internal sealed record TortureReport
{
    /// <summary>The run's name.</summary>
    public string Name { get; init; } = string.Empty;

    /// <summary>On what it ran.</summary>
    public RunEnvironment? Environment { get; init; }

    /// <summary>What was to be reached, for people.</summary>
    public required string Goal { get; init; }

    /// <summary>Whether it was reached.</summary>
    public required bool Passed { get; init; }

    /// <summary>Times by what they are of.</summary>
    public required SortedDictionary<string, Times> Times { get; init; }

    /// <summary>Counts by what they are of.</summary>
    public required SortedDictionary<string, long> Counts { get; init; }

    /// <summary>The machine's load averages at the end.</summary>
    public string LoadAtEnd { get; } = RunEnvironment.Load();

    /// <summary>For people.</summary>
    public string Text()
    {
        StringBuilder text = new();
        foreach ((string what, Times times) in Times)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{what,-44} {times}");
        }

        foreach ((string what, long count) in Counts)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{what,-44} {count}");
        }

        text.AppendLine(CultureInfo.InvariantCulture, $"load at the end {LoadAtEnd}");
        text.Append(CultureInfo.InvariantCulture, $"{(Passed ? "reached" : "MISSED")}: {Goal}");
        return text.ToString();
    }
}
