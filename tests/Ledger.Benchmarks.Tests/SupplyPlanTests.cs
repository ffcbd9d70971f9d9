using Ledger.Benchmarks.Load;

namespace Ledger.Benchmarks.Tests;

public sealed class SupplyPlanTests
{
    private static readonly LoadTimes TenSeconds = new(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(6));

    [Test]
    public void One_client_is_bounded_by_how_fast_a_block_can_be() =>
        Assert.That(SupplyPlan.CountOf(1, 1, TenSeconds, 7_000, null, null), Is.EqualTo(1 + 5_000));

    [Test]
    public void Many_clients_are_bounded_by_the_signature_limit() =>
        Assert.That(SupplyPlan.CountOf(256, 1, TenSeconds, 7_000, null, null), Is.EqualTo(256 + 70_000));

    [Test]
    public void A_limit_that_was_measured_while_the_host_stood_still_does_not_cut_the_supply() =>
        Assert.That(SupplyPlan.CountOf(256, 1, TenSeconds, 1_300, null, null), Is.EqualTo(256 + 50_000));

    [Test]
    public void What_was_seen_before_is_better_than_a_bound() =>
        Assert.That(SupplyPlan.CountOf(256, 1, TenSeconds, 7_000, null, 1_000), Is.EqualTo(256 + 15_000));

    [Test]
    public void An_open_loop_needs_what_it_offers() =>
        Assert.That(SupplyPlan.CountOf(16, 1, TenSeconds, 7_000, 500, 1_000), Is.EqualTo(16 + 5_000));

    [Test]
    public void Large_batches_are_bounded_by_their_records() =>
        Assert.That(SupplyPlan.CountOf(256, 256, TenSeconds, 7_000, null, null), Is.LessThan(256 + 2_400));
}
