using System.Globalization;

namespace Ledger.Simulator.Command;

/// <summary>What <c>simulate</c> was asked for.</summary>
public sealed record SimulateArguments
{
    /// <summary>The help's text.</summary>
    public const string Usage = """
        ledger simulate --seeds N [--from S] [--nodes 4 | 4..10] [--byzantine F] [--jobs J] [--json FILE] [--resume]
                        runs N seeds; with --resume goes on where FILE says
        ledger simulate --seed S [--nodes N] [--byzantine F] [--trace]
                        runs one seed, line by line
        ledger simulate --merge A.json B.json ... --json OUT
                        adds up the reports of runs over different seeds
        ledger simulate --planted [--seeds N] [--only NAME] [--json FILE]
                        plants known bugs in copies of the consensus and looks who finds them
        """;

    /// <summary>How many seeds.</summary>
    public int Seeds { get; init; } = 1;

    /// <summary>The first.</summary>
    public ulong From { get; init; } = 1;

    /// <summary>How many validators.</summary>
    public NodeCounts Nodes { get; init; } = new(NodeCounts.Min, NodeCounts.Min);

    /// <summary>How many of them lie; null leaves it to the seed.</summary>
    public int? Byzantine { get; init; }

    /// <summary>Seeds at a time.</summary>
    public int Jobs { get; init; } = Environment.ProcessorCount;

    /// <summary>Where the report goes.</summary>
    public string? Json { get; init; }

    /// <summary>Whether to go on where the report ends.</summary>
    public bool Resume { get; init; }

    /// <summary>Whether to write what happens.</summary>
    public bool Trace { get; init; }

    /// <summary>Whether to end at the first seed that fails.</summary>
    public bool StopAtFailure { get; init; }

    /// <summary>Whether to look for planted bugs, and for which alone.</summary>
    public bool Planted { get; init; }

    /// <summary>Part of the name of the planted bugs that are meant; null for all.</summary>
    public string? Only { get; init; }

    /// <summary>Reports to add up.</summary>
    public IReadOnlyList<string> Merge { get; init; } = [];

    /// <summary>Reads the arguments; throws <see cref="UsageException"/>.</summary>
    public static SimulateArguments Parse(IReadOnlyList<string> words)
    {
        SimulateArguments read = new();
        List<string> merge = [];
        for (int at = 0; at < words.Count; at++)
        {
            string word = words[at];
            read = word switch
            {
                "--seeds" => read with { Seeds = (int)Number(word, Value(), 1, int.MaxValue) },
                "--seed" => read with { From = Number(word, Value(), 0, ulong.MaxValue), Seeds = 1 },
                "--from" => read with { From = Number(word, Value(), 0, ulong.MaxValue) },
                "--jobs" => read with { Jobs = (int)Number(word, Value(), 1, 256) },
                "--byzantine" => read with { Byzantine = (int)Number(word, Value(), 0, 5) },
                "--nodes" => read with { Nodes = Counts(Value()) },
                "--json" => read with { Json = Value() },
                "--only" => read with { Only = Value() },
                "--resume" => read with { Resume = true },
                "--trace" => read with { Trace = true },
                "--stop-at-failure" => read with { StopAtFailure = true },
                "--planted" => read with { Planted = true },
                "--merge" => read,
                _ when merge.Count > 0 || (at > 0 && words[at - 1] == "--merge") => Merged(word),
                _ => throw new UsageException($"\"{word}\" is not known here."),
            };

            SimulateArguments Merged(string path)
            {
                merge.Add(path);
                return read;
            }

            string Value() => ++at < words.Count
                ? words[at]
                : throw new UsageException($"{word} needs a value after it.");
        }

        return Check(read with { Merge = merge }, words);
    }

    private static SimulateArguments Check(SimulateArguments read, IReadOnlyList<string> words)
    {
        if (words.Contains("--merge") && (read.Merge.Count < 2 || read.Json is null))
        {
            throw new UsageException("--merge needs two reports or more, and --json FILE for the sum.");
        }

        if (read.Resume && read.Json is null)
        {
            throw new UsageException("--resume needs --json FILE, the report to go on with.");
        }

        if (read.Trace && read.Seeds != 1)
        {
            throw new UsageException("--trace shows one seed: write --seed S --trace.");
        }

        int faultyMax = (read.Nodes.Low - 1) / 3;
        if (read.Byzantine > faultyMax)
        {
            throw new UsageException(
                $"{read.Nodes.Low} nodes bear at most {faultyMax} that lie: take --byzantine {faultyMax} or more "
                + "nodes.");
        }

        return read;
    }

    private static NodeCounts Counts(string text) => NodeCounts.Parse(text)
        ?? throw new UsageException($"--nodes takes a number from 4 to 16, or a range as 4..10, not \"{text}\".");

    private static ulong Number(string name, string text, ulong low, ulong high) =>
        ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong number)
        && number >= low && number <= high
            ? number
            : throw new UsageException($"{name} takes a whole number from {low} to {high}, not \"{text}\".");
}
