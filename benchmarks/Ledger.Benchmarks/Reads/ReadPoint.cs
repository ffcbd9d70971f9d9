using Ledger.Benchmarks.Results;

namespace Ledger.Benchmarks.Reads;

/// <summary>Reads at one number of clients: medians over the rounds. The figures are those of the rounds.</summary>
public sealed record ReadPoint
{
    /// <summary>What every run has, of the reads.</summary>
    [Flat]
    public required RunFigures Run { get; init; }

    /// <summary>Bytes of an answer.</summary>
    public required int AnswerBytes { get; init; }

    /// <summary>The node and the web server, one beside the other.</summary>
    [Flat]
    public required ReadComparison Compared { get; init; }

    /// <summary>Intervals of the medians.</summary>
    public required IReadOnlyDictionary<string, MedianInterval> Intervals { get; init; }

    /// <summary>The rounds.</summary>
    public required IReadOnlyList<ReadFigures> EachRound { get; init; }

    /// <summary>Medians over rounds, of which there is at least one.</summary>
    public static ReadPoint Of(int answerBytes, IReadOnlyList<ReadFigures> rounds)
    {
        MedianInterval Interval(Func<ReadComparison, double> figure) =>
            MedianInterval.Of(rounds.Select(round => figure(round.Compared)));
        return new ReadPoint
        {
            Run = RunFigures.MediansOf([.. rounds.Select(round => round.Run)]),
            AnswerBytes = answerBytes,
            Compared = ReadComparison.MediansOf([.. rounds.Select(round => round.Compared)]),
            Intervals = new Dictionary<string, MedianInterval>(StringComparer.Ordinal)
            {
                ["reads_per_s"] = Interval(read => read.ReadsPerS),
                ["kestrel_per_s"] = Interval(read => read.KestrelPerS),
                ["ratio_kestrel"] = Interval(read => read.RatioKestrel),
            },
            EachRound = rounds,
        };
    }
}
