using Ledger.Benchmarks.Load;
using Ledger.Benchmarks.Usage;

namespace Ledger.Benchmarks.Tests;

public sealed class LedgerCountersTests
{
    [TestCase(new ulong[] { 10, 10, 10 }, new ulong[] { 20, 10, 19 }, new[] { 1 })]
    [TestCase(new ulong[] { 10, 10, 10 }, new ulong[] { 21, 22, 11 }, new int[0])]
    [TestCase(new ulong[] { 10, 10, 10 }, new ulong[] { 19, 10, 10 }, new int[0])]
    [TestCase(new ulong[] { 10, 10, 10 }, new ulong[] { 10, 10, 10 }, new int[0])]
    public void Who_decides_nothing_while_others_do_stands_still(ulong[] before, ulong[] after, int[] standing) =>
        Assert.That(At(after).StoodStillSince(At(before)), Is.EqualTo(standing));

    private static LedgerCounters At(ulong[] heights) => new(
        new UsageSnapshot(0, [], TimeSpan.Zero, TimeSpan.Zero), heights, new ulong[heights.Length]);
}
