using Ledger.Benchmarks.Results;

namespace Ledger.Benchmarks.Peers;

/// <summary>
/// The ledger against its peers. A ratio is taken within each round, where both were measured one after the other, and
/// the median over the rounds is told: what changes between rounds on the host changes both.
/// </summary>
public static class PeerRatios
{
    /// <summary>
    /// For each peer and number of clients, the ledger's figure over the peer's: records a second in batched
    /// transactions, transactions of one record a second, and the median latency of such a transaction.
    /// </summary>
    public static IReadOnlyDictionary<string, MedianInterval> Of(IReadOnlyList<SystemRound> rounds)
    {
        SortedDictionary<string, MedianInterval> ratios = new(StringComparer.Ordinal);
        foreach (IGrouping<(string System, int Clients), SystemRound> peer in rounds
            .Where(round => round.System is not (SystemRound.LedgerSingle or SystemRound.LedgerBatched))
            .GroupBy(round => (round.System, round.Clients)))
        {
            string end = FormattableString.Invariant($"{peer.Key.System}_c{peer.Key.Clients}");
            Add("records_per_s", SystemRound.LedgerBatched, round => round.RecordsPerS);
            Add("tx_per_s", SystemRound.LedgerSingle, round => round.TxPerS);
            Add("latency_p50", SystemRound.LedgerSingle, round => round.LatencyMs.P50);

            void Add(string figure, string ours, Func<SystemRound, double> of)
            {
                double[] each = [.. peer
                    .Select(theirs => (theirs, Our: rounds.FirstOrDefault(round => round.System == ours
                        && round.Round == theirs.Round && round.Clients == theirs.Clients)))
                    .Where(pair => pair.Our is not null && of(pair.theirs) > 0)
                    .Select(pair => of(pair.Our!) / of(pair.theirs))];
                if (each.Length > 0)
                {
                    ratios.Add($"ratio_{figure}_{end}", MedianInterval.Of(each).Rounded());
                }
            }
        }

        return ratios;
    }
}
