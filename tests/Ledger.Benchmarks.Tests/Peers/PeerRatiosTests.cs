using Ledger.Benchmarks.Peers;
using Ledger.Benchmarks.Results;

namespace Ledger.Benchmarks.Tests.Peers;

/// <summary>Ratios are taken within a round.</summary>
public sealed class PeerRatiosTests
{
    [Test]
    public void A_ratio_is_the_median_of_the_rounds_ratios_and_not_the_ratio_of_medians()
    {
        // The host was three times slower in the second round: the ratio stays.
        SystemRound[] rounds =
        [
            Round(1, SystemRound.LedgerSingle, 300, 10), Round(1, SystemRound.LedgerBatched, 20_000, 10),
            Round(1, "etcd", 1_000, 5),
            Round(2, SystemRound.LedgerSingle, 100, 30), Round(2, SystemRound.LedgerBatched, 7_000, 30),
            Round(2, "etcd", 333, 15),
        ];
        IReadOnlyDictionary<string, MedianInterval> ratios = PeerRatios.Of(rounds);
        Assert.That(ratios.Keys, Is.EquivalentTo(new[]
        {
            "ratio_records_per_s_etcd_c64", "ratio_tx_per_s_etcd_c64", "ratio_latency_p50_etcd_c64",
        }));
        Assert.That(ratios["ratio_tx_per_s_etcd_c64"].Median, Is.EqualTo(0.3).Within(0.001));
        Assert.That(ratios["ratio_latency_p50_etcd_c64"].Median, Is.EqualTo(2));
        Assert.That(ratios["ratio_records_per_s_etcd_c64"].Median, Is.EqualTo(20.5).Within(0.6));
    }

    [Test]
    public void A_peer_that_was_measured_alone_has_no_ratio() =>
        Assert.That(PeerRatios.Of([Round(1, "etcd", 1_000, 5)]), Is.Empty);

    [Test]
    public void Keys_of_clients_and_of_one_client_differ()
    {
        PeerValues one = new(7, 0);
        PeerValues other = new(7, 1);
        string[] keys = [.. Enumerable.Range(0, 1_000).SelectMany(_ => new[] { one.Next(), other.Next() })
            .Select(entry => Convert.ToHexString(entry.Key))];
        Assert.That(keys, Is.Unique);
        Assert.That(one.Next().Value, Has.Length.EqualTo(PeerValues.ValueBytes));
    }

    private static SystemRound Round(int number, string system, double txPerS, double p50) => new()
    {
        Round = number,
        System = system,
        Clients = 64,
        TxPerS = txPerS,
        RecordsPerS = txPerS,
        LatencyMs = new LatencyMs(p50, p50, p50, p50),
        CpuMsPerTx = 1,
        ClientCpuShare = 0,
        ElsewhereCpuShare = 0,
        Partial = false,
    };
}
