using Ledger.Benchmarks.Running;

namespace Ledger.Benchmarks.Tests.Running;

/// <summary>What of a run was measured, when it ends at any moment.</summary>
public sealed class RoundBookTests
{
    private RoundBook<int, double> book = null!;

    [SetUp]
    public void Begin() => book = new RoundBook<int, double>([4, 1], rounds: 2, static figure => figure < 0);

    [Test]
    public void A_run_is_whole_when_everything_was_measured_as_often_as_asked_for()
    {
        Add((4, 10), (1, 20), (4, 30));
        Assert.That(book.IsWhole, Is.False);
        Add((1, 40));
        Assert.That(book.IsWhole, Is.True);
        Assert.That(
            book.Points((place, rounds) => (place, rounds.Sum())), Is.EqualTo(((int, double)[])[(4, 40), (1, 60)]));
    }

    [Test]
    public void A_round_that_was_ended_early_leaves_a_part()
    {
        Add((4, 10), (1, 20), (4, 30), (1, -1));
        Assert.That(book.IsWhole, Is.False);
    }

    [Test]
    public void What_was_not_measured_is_no_point()
    {
        Add((1, 20));
        Assert.That(book.Points((place, _) => place), Is.EqualTo((int[])[1]));
    }

    private void Add(params (int Place, double Figure)[] rounds) =>
        Array.ForEach(rounds, round => book.Add(round.Place, round.Figure));
}
