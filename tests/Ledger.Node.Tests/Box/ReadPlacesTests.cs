using Ledger.Node.Box;
using Ledger.Primitives;

namespace Ledger.Node.Tests.Box;

/// <summary>Nobody keeps a box busy for others.</summary>
public sealed class ReadPlacesTests
{
    [Test]
    public void A_reader_that_has_taken_its_places_waits_for_itself_and_others_do_not()
    {
        ReadPlaces places = new();
        IDisposable[] taken = [.. Enumerable.Range(0, ReadPlaces.OfReaderMax).Select(_ => places.TryEnter(Reader(1))!)];
        Assert.That(taken, Has.None.Null);
        Assert.That(places.TryEnter(Reader(1)), Is.Null);
        using IDisposable? other = places.TryEnter(Reader(2));
        Assert.That(other, Is.Not.Null);

        taken[0].Dispose();
        taken[0].Dispose();
        Assert.That(places.TryEnter(Reader(1)), Is.Not.Null);
        Assert.That(places.TryEnter(Reader(1)), Is.Null, "A place that was left twice is one place.");
    }

    [Test]
    public void All_together_have_a_bound_that_leaves_room_in_the_trail()
    {
        ReadPlaces places = new();
        int taken = 0;
        for (byte reader = 1; reader < 100; reader++)
        {
            while (places.TryEnter(Reader(reader)) is not null)
            {
                taken++;
            }
        }

        Assert.That(taken, Is.EqualTo(ReadPlaces.Max));
        Assert.That(ReadPlaces.Max * Client.Boxes.BoxLimits.VerbsMax, Is.LessThan(TrailWriter.WaitingMax));
    }

    [Test]
    public void A_scan_that_has_used_up_its_records_still_moves_on_in_each_range()
    {
        ScanBudget budget = new(total: 100, least: 10);
        Assert.That(budget.Next, Is.EqualTo(100));
        budget.Spend(95);
        Assert.That(budget.Next, Is.EqualTo(10));
        budget.Spend(10);
        Assert.That(budget.Next, Is.EqualTo(10));
    }

    private static Address Reader(byte number) => new([.. Enumerable.Repeat(number, Address.Size)]);
}
