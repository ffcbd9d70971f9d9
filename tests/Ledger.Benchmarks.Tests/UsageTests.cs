using Ledger.Benchmarks.Results;
using Ledger.Benchmarks.Usage;

namespace Ledger.Benchmarks.Tests;

public sealed class UsageTests
{
    [Test]
    public void Processor_time_is_found_behind_a_name_with_blanks_and_brackets() =>
        Assert.That(
            ProcessUsage.CpuOf("17 (a) b (c) S 1 17 17 0 -1 4194560 1 2 3 4 1250 250 0 0 20 0 12 0 99 1 1"),
            Is.EqualTo(TimeSpan.FromSeconds(15)));

    [Test]
    public void Resident_memory_is_told_in_kilobytes() =>
        Assert.That(ProcessUsage.ResidentOf(["Name:\tdotnet", "VmRSS:\t  1024 kB"]), Is.EqualTo(1024 * 1024));

    [Test]
    public void A_busy_host_is_all_but_idle_and_waiting() =>
        Assert.That(
            UsageSnapshot.BusyOf("cpu  100 20 30 4000 500 6 7 8 90 10"), Is.EqualTo(TimeSpan.FromSeconds(1.71)));

    [Test]
    public void What_neither_nodes_nor_client_used_was_used_elsewhere()
    {
        UsageSnapshot before = Snapshot(seconds: 0, node: 0, client: 0, busy: 0);
        UsageSnapshot after = Snapshot(seconds: 10, node: 10, client: 2, busy: 17);
        UsageSpan span = UsageSpan.Between(before, after, cores: 2);
        Assert.Multiple(() =>
        {
            Assert.That(span.NodesCpu, Is.EqualTo(TimeSpan.FromSeconds(10)));
            Assert.That(span.ClientCpuShare, Is.EqualTo(0.1).Within(1e-9));
            Assert.That(span.ElsewhereCpuShare, Is.EqualTo(0.25).Within(1e-9));
        });
    }

    [Test]
    public void The_share_of_the_limit_is_of_what_the_client_left() =>
        Assert.That(RunFigures.ShareOf(txPerS: 400, limitTxPerS: 1_000, clientCpuShare: 0.2), Is.EqualTo(0.5));

    [Test]
    public void This_process_has_used_something()
    {
        ProcessUsage own = ProcessUsage.Read(Environment.ProcessId);
        Assert.That(own.ResidentBytes, Is.Positive);
    }

    private static UsageSnapshot Snapshot(int seconds, int node, int client, int busy) => new(
        seconds * System.Diagnostics.Stopwatch.Frequency,
        [new ProcessUsage(TimeSpan.FromSeconds(node), 1)],
        TimeSpan.FromSeconds(client),
        TimeSpan.FromSeconds(busy));
}
