using Ledger.Node.Sealing;

namespace Ledger.Node.Tests.Sealing;

public sealed class RecentCacheTests
{
    [Test]
    public void What_is_used_stays_and_what_is_not_is_dropped_once()
    {
        List<int> dropped = [];
        RecentCache<int, int> cache = new(8, dropped.Add);
        for (int number = 0; number < 100; number++)
        {
            cache.Put(number, number);
            Assert.That(cache.TryGet(0, out int kept) && kept == 0, $"after {number}");
            Assert.That(cache.Count, Is.LessThanOrEqualTo(8));
        }

        Assert.That(dropped, Is.Unique);
        Assert.That(dropped, Has.No.Member(0).And.Count.EqualTo(100 - cache.Count));
        cache.Remove(0);
        cache.Remove(0);
        Assert.That(cache.TryGet(0, out _), Is.False);
        cache.Clear();
        Assert.That(dropped, Is.Unique.And.Count.EqualTo(100));
    }

    [Test]
    public void A_cache_of_one_is_none() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new RecentCache<int, int>(1, static _ => { }));
}
