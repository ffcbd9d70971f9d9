using System.Globalization;
using Ledger.Primitives;

namespace Ledger.Simulator.Command;

/// <summary>What the command was asked for.</summary>
public sealed record SimulateArguments
{
    /// <summary>How the command is called.</summary>
    public const string Usage = """
        usage: ledger simulate --seeds N [--from S] [--nodes 4..16 | --nodes 4..10] [--byzantine F] [--jobs J]
                               [--json FILE] [--resume]
               ledger simulate --seed S [--nodes N] [--byzantine F] [--trace]
               ledger simulate --merge A.json B.json ... --json OUT
               ledger simulate --planted [--seeds N] [--only NAME] [--jobs J] [--json FILE]
        """;

    private const int JobsMax = 256;

    /// <summary>How many seeds.</summary>
    public int Seeds { get; private init; }

    /// <summary>The first of them.</summary>
    public ulong From { get; private init; } = 1;

    /// <summary>How many identities.</summary>
    public NodeRange Nodes { get; private init; } = new(NodeRange.Smallest, NodeRange.Smallest);

    /// <summary>How many adversaries; null leaves it to the seed.</summary>
    public int? Byzantine { get; private init; }

    /// <summary>How many seeds at the same time.</summary>
    public int Jobs { get; private init; } = Environment.ProcessorCount;

    /// <summary>Where the report goes, or null.</summary>
    public string? Json { get; private init; }

    /// <summary>Whether to go on where the report ends.</summary>
    public bool Resume { get; private init; }

    /// <summary>Whether only <see cref="From"/> is run and told about.</summary>
    public bool IsOneSeed { get; private init; }

    /// <summary>Whether it is told line by line.</summary>
    public bool Trace { get; private init; }

    /// <summary>Whether to end at the first seed that fails.</summary>
    public bool StopAtFailure { get; private init; }

    /// <summary>Whether bugs are planted in copies of the consensus, to see who finds them.</summary>
    public bool Planted { get; private init; }

    /// <summary>Part of the name of the planted bugs that are meant; null for all.</summary>
    public string? Only { get; private init; }

    /// <summary>Reports to merge; empty when seeds are run.</summary>
    public IReadOnlyList<string> Merge { get; private init; } = [];

    /// <summary>
    /// Reads the words after "simulate"; throws <see cref="ArgumentProblem"/>, which says what to do.
    /// </summary>
    public static SimulateArguments Parse(IReadOnlyList<string> words)
    {
        SimulateArguments read = new();
        for (int at = 0; at < words.Count; at++)
        {
            read = words[at] switch
            {
                "--seeds" => read with { Seeds = (int)Number(words, ref at, 1, int.MaxValue) },
                "--from" => read with { From = Number(words, ref at, 1, int.MaxValue) },
                "--seed" => read with { From = Number(words, ref at, 1, int.MaxValue), Seeds = 1, IsOneSeed = true },
                "--nodes" => read with { Nodes = Range(words, ref at) },
                "--byzantine" => read with { Byzantine = (int)Number(words, ref at, 0, NodeRange.Largest) },
                "--jobs" => read with { Jobs = (int)Number(words, ref at, 1, JobsMax) },
                "--json" => read with { Json = Word(words, ref at) },
                "--resume" => read with { Resume = true },
                "--trace" => read with { Trace = true },
                "--stop-at-failure" => read with { StopAtFailure = true },
                "--planted" => read with { Planted = true },
                "--only" => read with { Only = Word(words, ref at) },
                "--merge" => read with { Merge = Files(words, ref at) },
                string other => throw new ArgumentProblem($"'{other}' is not an option."),
            };
        }

        read.Check();
        return read;
    }

    private void Check()
    {
        if (Merge.Count > 0 && (Seeds > 0 || Json is null))
        {
            throw new ArgumentProblem("--merge takes reports and needs --json OUT for the result, and nothing else.");
        }

        if (Only is not null && !Planted)
        {
            throw new ArgumentProblem("--only names planted bugs: write --planted --only NAME.");
        }

        if (Merge.Count == 0 && Seeds == 0 && !Planted)
        {
            throw new ArgumentProblem("Say how many seeds to run (--seeds N) or which one (--seed S).");
        }

        if (Resume && Json is null)
        {
            throw new ArgumentProblem("--resume goes on where a report ends: name it with --json FILE.");
        }

        if (Trace && !IsOneSeed)
        {
            throw new ArgumentProblem("--trace tells one run line by line: name it with --seed S.");
        }

        int faultyMax = Quorum.FaultyMax(Nodes.Least);
        if (Byzantine > faultyMax)
        {
            throw new ArgumentProblem(
                $"{Nodes.Least} nodes tolerate {faultyMax}: choose --byzantine {faultyMax} or less, or more nodes.");
        }
    }

    private static ulong Number(IReadOnlyList<string> words, ref int at, ulong least, ulong most)
    {
        string name = words[at];
        string text = Word(words, ref at);
        return ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong number)
            && number >= least && number <= most
                ? number
                : throw new ArgumentProblem($"{name} takes a number from {least} to {most}, not '{text}'.");
    }

    private static NodeRange Range(IReadOnlyList<string> words, ref int at)
    {
        string text = Word(words, ref at);
        return NodeRange.TryParse(text, out NodeRange range)
            ? range
            : throw new ArgumentProblem(
                $"--nodes takes a number from 4 to 16, or a range such as 4..10, not '{text}'.");
    }

    private static List<string> Files(IReadOnlyList<string> words, ref int at)
    {
        List<string> files = [];
        while (at + 1 < words.Count && !words[at + 1].StartsWith("--", StringComparison.Ordinal))
        {
            files.Add(words[++at]);
        }

        return files.Count > 0 ? files : throw new ArgumentProblem("--merge takes the reports to put together.");
    }

    private static string Word(IReadOnlyList<string> words, ref int at) =>
        at + 1 < words.Count ? words[++at] : throw new ArgumentProblem($"{words[at]} needs a value.");
}
