using Ledger.BitFlips;

namespace Ledger.Node.Tests.Integrity;

public sealed class BitFlipTests
{
    private const int Flips = 200;

    [Test]
    public void A_flipped_bit_anywhere_is_noticed_or_changes_nothing()
    {
        using MadeStore store = new();
        FlipRun run = new(store.Data, store.Cast, seed: 7);

        List<Flip> flips = [.. Enumerable.Range(0, Flips).Select(_ => run.Next())];

        Assert.That(flips.Where(flip => flip.Outcome == FlipOutcome.Silent), Is.Empty);
        Assert.That(flips.Count(flip => flip.Outcome != FlipOutcome.Harmless), Is.GreaterThan(Flips / 2));
        Assert.That(store.Inspect().IsClean, Is.True, "every bit was flipped back");
    }
}
