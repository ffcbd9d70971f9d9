namespace Ledger.Workload.Tests;

/// <summary>The generators against values that their authors' reference code gives, and the weighted draw.</summary>
[TestFixture]
public sealed class RandomnessTests
{
    [Test]
    public void Xoshiro_gives_the_reference_values()
    {
        var random = new Xoshiro256(1, 2, 3, 4);
        ulong[] values = [random.Next(), random.Next(), random.Next(), random.Next(), random.Next()];
        Assert.That(values,
            Is.EqualTo(new ulong[] { 11520, 0, 1509978240, 1215971899390074240, 1216172134540287360 }));
    }

    [Test]
    public void SplitMix_gives_the_reference_values()
    {
        const ulong seed = 1234567;
        ulong[] values =
        [
            SplitMix64.Mix(unchecked(seed + SplitMix64.Increment)),
            SplitMix64.Mix(unchecked(seed + (2 * SplitMix64.Increment))),
            SplitMix64.Mix(unchecked(seed + (3 * SplitMix64.Increment))),
        ];
        Assert.That(values,
            Is.EqualTo(new ulong[] { 6457827717110365317, 3203168211198807973, 9817491932198370423 }));
    }

    [Test]
    public void A_draw_follows_the_weights_and_never_takes_a_weight_of_zero()
    {
        var table = new WeightedTable([0, 1, 0, 3, 0]);
        var random = new Xoshiro256(5, StreamPurpose.Events, 0);
        var drawn = new int[5];
        for (int i = 0; i < 40_000; i++)
        {
            drawn[table.Draw(random)]++;
        }

        Assert.That(new[] { drawn[0], drawn[2], drawn[4] }, Is.All.Zero);
        Assert.That(drawn[3], Is.EqualTo(30_000).Within(600));
    }

    [Test]
    public void Weights_without_a_sum_are_refused()
    {
        Assert.That(() => new WeightedTable([0, 0]), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => new WeightedTable([2, -1]), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }
}
