using Ledger.Client.Protos;
using Ledger.Primitives;

namespace Ledger.Node.Tests.Anchoring;

public sealed class IdleBlocksTests
{
    private AnchoringBench bench = null!;

    [SetUp]
    public void Start() => bench = new AnchoringBench();

    [TearDown]
    public void End() => bench.Dispose();

    [Test]
    public void Who_waits_for_what_has_expired_is_told_after_a_block_that_the_node_asks_for()
    {
        for (int times = 1; times <= 2; times++)
        {
            Task<Outcome> waiting = bench.Outcomes.WaitAsync(
                TaggedHash.Of("test/id"u8, [(byte)times]), bench.Now + 1_000)!;
            bench.Now += 11_000;
            bench.Idle.Look();
            Assert.That(bench.Told, Has.Count.EqualTo(times - 1), "a slower leader may still decide it");

            bench.Now += 2;
            bench.Idle.Look();
            bench.Idle.Look();
            Assert.That(bench.Told, Has.Count.EqualTo(times));
            bench.DecideTold();
            Assert.That(waiting.Result.State, Is.EqualTo(OutcomeState.Expired));

            bench.Now += 2_000;
            bench.Idle.Look();
            Assert.That(bench.Told, Has.Count.EqualTo(times), "nobody waits any more");
        }
    }

    [Test]
    public void Another_transaction_asks_when_the_first_has_expired_too()
    {
        bench.Outcomes.WaitAsync(Hash256.Zero, bench.Now);
        bench.Now += 11_000;
        bench.Idle.Look();
        bench.Now += 121_000;
        bench.Idle.Look();

        Assert.That(bench.Told, Has.Count.EqualTo(2));
    }
}
