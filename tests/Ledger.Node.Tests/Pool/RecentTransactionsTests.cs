using Ledger.Node.Pool;
using Ledger.Primitives;

namespace Ledger.Node.Tests.Pool;

public sealed class RecentTransactionsTests
{
    private const long Time = 1_700_000_000_000;

    [Test]
    public void Ids_are_remembered_for_the_window_to_the_millisecond()
    {
        RecentTransactions recent = new();
        Hash256 id = Id(1);
        recent.Add(Time, [id]);

        recent.Add(Time + RecentTransactions.WindowMs, [Id(2)]);
        bool atTheEnd = recent.Contains(id);
        recent.Add(Time + RecentTransactions.WindowMs + 1, []);

        Assert.That(atTheEnd, Is.True);
        Assert.That(recent.Contains(id), Is.False);
        Assert.That(recent.Contains(Id(2)), Is.True);
    }

    [Test]
    public void What_no_block_held_is_not_known() => Assert.That(new RecentTransactions().Contains(Id(1)), Is.False);

    private static Hash256 Id(byte fill) => new(Enumerable.Repeat(fill, Hash256.Size).ToArray());
}
