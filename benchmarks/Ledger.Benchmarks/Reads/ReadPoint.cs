using Ledger.Benchmarks.Results;

namespace Ledger.Benchmarks.Reads;

/// <summary>Reads at one number of clients: medians over the rounds. The figures are those of the rounds.</summary>
/// <param name="Validators">Validators.</param>
/// <param name="Clients">Clients, all at one node.</param>
/// <param name="AnswerBytes">Bytes of an answer.</param>
/// <param name="ReadsPerS">Reads a second.</param>
/// <param name="LatencyMs">Latencies.</param>
/// <param name="CpuMsPerRead">Processor time of the node for a read.</param>
/// <param name="KestrelPerS">Calls a second of the bare web server.</param>
/// <param name="KestrelLatencyMs">Their latencies.</param>
/// <param name="KestrelCpuMsPerCall">Processor time of the web server for a call.</param>
/// <param name="RatioKestrel">The median of the rounds' ratios.</param>
/// <param name="RssMb">Resident memory of the node.</param>
/// <param name="Rounds">How many rounds.</param>
/// <param name="Intervals">Intervals of the medians.</param>
/// <param name="EachRound">The rounds.</param>
public sealed record ReadPoint(
    int Validators,
    int Clients,
    int AnswerBytes,
    double ReadsPerS,
    LatencyMs LatencyMs,
    double CpuMsPerRead,
    double KestrelPerS,
    LatencyMs KestrelLatencyMs,
    double KestrelCpuMsPerCall,
    double RatioKestrel,
    double RssMb,
    int Rounds,
    IReadOnlyDictionary<string, MedianInterval> Intervals,
    IReadOnlyList<ReadFigures> EachRound)
{
    /// <summary>Medians over rounds, of which there is at least one.</summary>
    public static ReadPoint Of(int validators, int clients, int answerBytes, IReadOnlyList<ReadFigures> rounds)
    {
        double Median(Func<ReadFigures, double> figure) =>
            Math.Round(MedianInterval.Of(rounds.Select(figure)).Median, 4);
        LatencyMs Spread(Func<ReadFigures, LatencyMs> latency) => new(
            Median(round => latency(round).P50), Median(round => latency(round).P95),
            Median(round => latency(round).P99), rounds.Max(round => latency(round).Max));
        return new ReadPoint(
            validators, clients, answerBytes,
            Median(round => round.ReadsPerS), Spread(round => round.LatencyMs), Median(round => round.CpuMsPerRead),
            Median(round => round.KestrelPerS), Spread(round => round.KestrelLatencyMs),
            Median(round => round.KestrelCpuMsPerCall), Median(round => round.RatioKestrel),
            rounds.Max(round => round.RssMb), rounds.Count,
            new Dictionary<string, MedianInterval>(StringComparer.Ordinal)
            {
                ["reads_per_s"] = MedianInterval.Of(rounds.Select(round => round.ReadsPerS)),
                ["kestrel_per_s"] = MedianInterval.Of(rounds.Select(round => round.KestrelPerS)),
                ["ratio_kestrel"] = MedianInterval.Of(rounds.Select(round => round.RatioKestrel)),
            },
            rounds);
    }
}
