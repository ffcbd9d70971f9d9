using System.CommandLine;
using Ledger.Benchmarks.Load;
using Ledger.Benchmarks.Replay;

namespace Ledger.Benchmarks.Running;

/// <summary>
/// The options that commands share: they are declared, read and carried out here, and mean one thing.
/// </summary>
public sealed class CommonOptions
{
    /// <summary>Seconds that one round measures, at most: what is prepared for it is valid for 110 s.</summary>
    public const int SecondsMax = 60;

    /// <summary>Seconds of warm-up, at most, for the same reason.</summary>
    public const int WarmUpSecondsMax = 15;

    /// <summary>More rounds than this make an interval no narrower that anybody would notice.</summary>
    public const int RoundsMax = 100;

    private readonly Option<string?> json = new("--json") { Description = "Write the figures to this file." };
    private readonly List<Option> options = [];
    private Option<ulong>? seed;
    private Option<string?>? csv;
    private Option<int>? seconds;
    private Option<int>? warmUp;
    private Option<int>? rounds;

    /// <summary>Every command can write its figures.</summary>
    public CommonOptions()
    {
        options.Add(json);
    }

    /// <summary>With <c>--seed</c>, for what is drawn.</summary>
    public CommonOptions WithSeed()
    {
        options.Add(seed = new Option<ulong>("--seed")
        {
            Description = "Seed of what is drawn.",
            DefaultValueFactory = _ => ReplayCommand.SeedUsual,
        });
        return this;
    }

    /// <summary>With <c>--csv</c>, for a table of operations.</summary>
    public CommonOptions WithOperations()
    {
        options.Add(csv = new Option<string?>("--csv") { Description = "Write every operation to this file." });
        return this;
    }

    /// <summary>
    /// With <c>--seconds</c>, <c>--warm-up</c> and <c>--rounds</c>; the arguments hold where none is given.
    /// </summary>
    public CommonOptions WithRounds(int secondsUsual, int warmUpUsual, int roundsUsual)
    {
        WithTimes(secondsUsual, warmUpUsual);
        options.Add(rounds = RunOptions.Number(
            "--rounds", "How many times everything is measured, in turn; medians over them are told.", roundsUsual, 1,
            RoundsMax));
        return this;
    }

    /// <summary>With <c>--seconds</c> and <c>--warm-up</c> alone, for what is measured once.</summary>
    public CommonOptions WithTimes(int secondsUsual, int warmUpUsual)
    {
        options.Add(seconds = RunOptions.Number(
            "--seconds", "Seconds that a round measures.", secondsUsual, 1, SecondsMax));
        options.Add(warmUp = RunOptions.Number(
            "--warm-up", "Seconds of load before them that are not counted.", warmUpUsual, 0, WarmUpSecondsMax));
        return this;
    }

    /// <summary>Adds them to a command, after its own.</summary>
    public Command AddTo(Command command)
    {
        options.ForEach(command.Add);
        return command;
    }

    /// <summary>The phases of a round.</summary>
    public LoadTimes TimesOf(ParseResult result) => new(
        TimeSpan.FromSeconds(result.GetRequiredValue(warmUp!)),
        TimeSpan.FromSeconds(result.GetRequiredValue(seconds!)));

    /// <summary>How many rounds.</summary>
    public int RoundsOf(ParseResult result) => result.GetRequiredValue(rounds!);

    /// <summary>The seed.</summary>
    public ulong SeedOf(ParseResult result) => result.GetRequiredValue(seed!);

    /// <summary>Runs a benchmark to its end, and writes the files that were asked for.</summary>
    /// <param name="result">What was asked for.</param>
    /// <param name="open">Makes the run, with the file for its operations where one was asked for.</param>
    /// <param name="interrupt">The user's.</param>
    public Task<int> RunAsync(
        ParseResult result, Func<TextWriter?, IBenchmarkRun> open, CancellationToken interrupt) =>
        RunEnding.RunAsync(
            new RunFiles(result.GetValue(json), csv is null ? null : result.GetValue(csv)),
            seed is null ? null : SeedOf(result), open, interrupt);
}
