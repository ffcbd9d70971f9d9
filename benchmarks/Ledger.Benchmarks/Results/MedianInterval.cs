namespace Ledger.Benchmarks.Results;

/// <summary>A median of rounds and an interval around it, which assumes nothing of how figures are spread.</summary>
/// <param name="Median">The median.</param>
/// <param name="Low">Lower end of the interval.</param>
/// <param name="High">Upper end.</param>
/// <param name="Confidence">
/// How often such an interval holds the true median, if rounds are independent: 0.5 with two rounds, 0.94 with five.
/// </param>
public sealed record MedianInterval(double Median, double Low, double High, double Confidence)
{
    /// <summary>What an interval aims at, where there are rounds enough.</summary>
    private const double ConfidenceWanted = 0.95;

    /// <summary>
    /// Of some figures: the narrowest pair of ranks, equally far from both ends, that reaches 95 percent; the least and
    /// the greatest where none does.
    /// </summary>
    public static MedianInterval Of(IEnumerable<double> figures)
    {
        double[] sorted = [.. figures.Order()];
        if (sorted.Length == 0)
        {
            throw new BenchmarkException("There is no round to take a median of.");
        }

        int rank = 0;
        while (rank + 1 < (sorted.Length + 1) / 2 && ConfidenceOf(sorted.Length, rank + 1) >= ConfidenceWanted)
        {
            rank++;
        }

        return new MedianInterval(
            MedianOf(sorted), sorted[rank], sorted[^(rank + 1)], Math.Round(ConfidenceOf(sorted.Length, rank), 3));
    }

    /// <summary>The same without digits that are noise.</summary>
    public MedianInterval Rounded() => this with
    {
        Median = Math.Round(Median, RunFigures.Decimals),
        Low = Math.Round(Low, RunFigures.Decimals),
        High = Math.Round(High, RunFigures.Decimals),
    };

    /// <summary>The median of one figure over rounds, without its interval, as it is told.</summary>
    public static double MedianOf<T>(IReadOnlyList<T> rounds, Func<T, double> figure) =>
        Math.Round(Of(rounds.Select(figure)).Median, RunFigures.Decimals);

    /// <summary>The median over those rounds that have the figure; null where none has.</summary>
    public static double? MedianOfSome<T>(IReadOnlyList<T> rounds, Func<T, double?> figure)
    {
        double[] some = [.. rounds.Select(figure).OfType<double>()];
        return some.Length == 0 ? null : MedianOf(some, static value => value);
    }

    /// <summary>The median of sorted figures.</summary>
    private static double MedianOf(double[] sorted) =>
        (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;

    // The median is outside of ranks r and n - 1 - r when at most r of n figures lie on one of its sides.
    private static double ConfidenceOf(int count, int rank)
    {
        double outside = 0;
        double ways = 1;
        for (int below = 0; below <= rank; below++)
        {
            outside += ways * Math.Pow(0.5, count);
            ways = ways * (count - below) / (below + 1);
        }

        return Math.Max(0, 1 - (2 * outside));
    }
}
