using Ledger.Benchmarks.Results;

namespace Ledger.Benchmarks.Peers;

/// <summary>One system at one number of clients: medians over the rounds.</summary>
/// <param name="System">The system.</param>
/// <param name="Clients">Clients.</param>
/// <param name="TxPerS">Transactions, puts or insertions a second.</param>
/// <param name="RecordsPerS">Records or values a second.</param>
/// <param name="LatencyMs">Medians of the rounds' percentiles; the maximum is that of all rounds.</param>
/// <param name="CpuMsPerTx">Processor time of all processes of the system for one of its transactions.</param>
/// <param name="Rounds">How many rounds.</param>
/// <param name="EachRound">The rounds.</param>
public sealed record SystemPoint(
    string System,
    int Clients,
    double TxPerS,
    double RecordsPerS,
    LatencyMs LatencyMs,
    double CpuMsPerTx,
    int Rounds,
    IReadOnlyList<SystemRound> EachRound)
{
    /// <summary>Medians over rounds of one system and number of clients, of which there is at least one.</summary>
    public static SystemPoint Of(IReadOnlyList<SystemRound> rounds)
    {
        double Median(Func<SystemRound, double> figure) =>
            MedianInterval.MedianOf(rounds, figure);
        return new SystemPoint(
            rounds[0].System,
            rounds[0].Clients,
            Median(round => round.TxPerS),
            Median(round => round.RecordsPerS),
            LatencyMs.MediansOf([.. rounds.Select(round => round.LatencyMs)]),
            Median(round => round.CpuMsPerTx),
            rounds.Count,
            rounds);
    }
}
