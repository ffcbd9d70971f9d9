using Ledger.Contracts.State;
using Ledger.Node.Box;
using Ledger.Primitives;

namespace Ledger.Node.Tests.Box;

public sealed class ReadCountsTests
{
    private static readonly LlpcName Llpc = new(new Address([.. Enumerable.Repeat((byte)1, Address.Size)]), "urn:verb");

    private string folder = null!;

    [SetUp]
    public void Begin() => folder = Directory.CreateTempSubdirectory("reads-test-").FullName;

    [TearDown]
    public void End() => Directory.Delete(folder, recursive: true);

    [Test]
    public void A_grant_is_answered_as_often_as_it_allows_over_restarts()
    {
        using (ReadCounts counts = Open())
        {
            Assert.That(counts.TryTake([(Grant(1), 2)]), Is.True);
        }

        using ReadCounts again = Open();
        Assert.That(again.TryTake([(Grant(1), 2)]), Is.True);
        Assert.That(again.TryTake([(Grant(1), 2)]), Is.False);
        Assert.That(again.TryTake([(Grant(2), 1)]), Is.True, "Another grant has its own count.");
        Assert.That(again.TryTake([]), Is.True, "Nothing is counted.");
    }

    [Test]
    public void An_answer_counts_for_all_grants_of_its_line_or_for_none()
    {
        using ReadCounts counts = Open();
        Assert.That(counts.TryTake([(Grant(2), 5), (Grant(1), 1)]), Is.True);
        Assert.That(counts.TryTake([(Grant(2), 5), (Grant(1), 1)]), Is.False);
        for (int read = 1; read < 5; read++)
        {
            Assert.That(counts.TryTake([(Grant(2), 5)]), Is.True, "The refused one was not counted.");
        }

        Assert.That(counts.TryTake([(Grant(2), 5)]), Is.False);
    }

    private static StateKey Grant(ulong number) => StateKeys.Grant(Llpc, number);

    private ReadCounts Open() => new(Path.Combine(folder, "reads.sqlite"));
}
