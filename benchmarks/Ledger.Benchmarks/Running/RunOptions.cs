using System.CommandLine;
using Ledger.Benchmarks.Replay;
using Ledger.Devnet;

namespace Ledger.Benchmarks.Running;

/// <summary>Options that several benchmarks have, with one meaning.</summary>
public static class RunOptions
{
    /// <summary>Seconds that one round measures, at most: what is prepared for it is valid for 110 s.</summary>
    public const int SecondsMax = 60;

    /// <summary>Seconds of warm-up, at most, for the same reason.</summary>
    public const int WarmUpSecondsMax = 15;

    /// <summary>More rounds than this make an interval no narrower that anybody would notice.</summary>
    public const int RoundsMax = 100;

    /// <summary><c>--clients</c>.</summary>
    public static Option<IReadOnlyList<int>> Clients(params int[] usual) => List(
        "--clients", "Clients, each with one operation under way; several numbers are measured in turn.", usual);

    /// <summary>A list of numbers.</summary>
    public static Option<IReadOnlyList<int>> List(string name, string description, params int[] usual) => new(name)
    {
        Description = description,
        CustomParser = NumberList.Parse,
        DefaultValueFactory = _ => usual,
    };

    /// <summary><c>--validators</c>.</summary>
    public static Option<int> Validators() => Number(
        "--validators", "Validators, 4 to 16.", DevnetPlan.NodesMin, DevnetPlan.NodesMin, DevnetPlan.NodesMax);

    /// <summary><c>--seconds</c>.</summary>
    public static Option<int> Seconds(int usual) => Number(
        "--seconds", "Seconds that a round measures.", usual, 1, SecondsMax);

    /// <summary><c>--warm-up</c>.</summary>
    public static Option<int> WarmUp(int usual) => Number(
        "--warm-up", "Seconds of load before them that are not counted.", usual, 0, WarmUpSecondsMax);

    /// <summary><c>--rounds</c>.</summary>
    public static Option<int> Rounds(int usual) => Number(
        "--rounds", "How many times everything is measured, in turn; medians over them are told.", usual, 1, RoundsMax);

    /// <summary><c>--seed</c>.</summary>
    public static Option<ulong> Seed() => new("--seed")
    {
        Description = "Seed of what is drawn.",
        DefaultValueFactory = _ => ReplayCommand.SeedUsual,
    };

    /// <summary><c>--json</c>.</summary>
    public static Option<string?> Json() => new("--json") { Description = "Write the figures to this file." };

    /// <summary><c>--csv</c>.</summary>
    public static Option<string?> Csv() => new("--csv") { Description = "Write every operation to this file." };

    /// <summary>A whole number within bounds.</summary>
    public static Option<int> Number(string name, string description, int usual, int least, int greatest)
    {
        Option<int> option = new(name) { Description = description, DefaultValueFactory = _ => usual };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is int given && (given < least || given > greatest))
            {
                result.AddError(FormattableString.Invariant($"{name} must be {least} to {greatest}."));
            }
        });
        return option;
    }
}
