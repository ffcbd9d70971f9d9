using Ledger.Client.Verbs;
using Ledger.Contracts.Protos;
using Ledger.Contracts.Verbs;

namespace Ledger.Client.Tests.Records;

/// <summary>The registry as a client sees it.</summary>
public sealed class VerbBookTests
{
    private const string Unknown = "https://example.org/verb/unknown";
    private static readonly string[] Iris =
        [.. Enumerable.Range(0, 400).Select(number => $"https://example.org/verb/{number:d3}")];

    [Test]
    public void Version_0_is_the_standard_table_from_code_0_and_from_1000_on()
    {
        VerbBook book = VerbBook.Standard;

        Assert.That(book.Version, Is.Zero);
        Assert.That(book.Table.TryGet(0, out Verb? first), Is.True);
        Assert.That(book.Table.TryGet(1000, out Verb? xapi), Is.True);
        Assert.That((first!.Vocabulary, xapi!.Vocabulary), Is.EqualTo(("caliper", "xapi")));
        Assert.That(
            book.Table.Format("http://purl.imsglobal.org/vocab/caliper/v1/action#Viewed"), Is.EqualTo("viewed 0x34"));
    }

    [Test]
    public void An_iri_without_a_code_is_kept_as_it_is_and_means_itself()
    {
        Assert.That(VerbBook.Standard.Table.Format(Unknown), Is.EqualTo(Unknown));
        Assert.That(VerbBook.Standard.Equivalents(Unknown), Is.EqualTo(new[] { Unknown }));
    }

    [Test]
    public void A_verb_that_members_added_is_shown_by_its_code()
    {
        VerbBook book = new(
            3,
            [new VerbEntry { Code = 2000, Vocabulary = "bookroll", Label = "Highlighted", Iri = Iris[0] }],
            []);

        Assert.That(book.Table.Format(Iris[0]), Is.EqualTo("highlighted 0x7d0"));
        Assert.That(book.Table.TryGet(0x34, out _), Is.True, "the standard table is still there");
        Assert.That(VerbTable.Standard.TryGet(2000, out _), Is.False);
    }

    [Test]
    public void Equivalents_are_found_through_others_from_either_side_and_never_twice()
    {
        VerbBook book = new(1, [], [Same(0, 1), Same(1, 2), Same(0, 2), Same(4, 5)]);

        Assert.That(book.Equivalents(Iris[2]), Is.EqualTo(new[] { Iris[2], Iris[0], Iris[1] }));
        Assert.That(book.Equivalents(Iris[4]), Is.EqualTo(new[] { Iris[4], Iris[5] }));
        Assert.That(book.Equivalents(Iris[3]), Is.EqualTo(new[] { Iris[3] }));
    }

    [Test]
    public void An_equivalence_that_was_withdrawn_widens_nothing()
    {
        EquivalenceInstance withdrawn = Same(0, 1);
        withdrawn.Interval.ToHeight = 9;

        Assert.That(new VerbBook(2, [], [withdrawn]).Equivalents(Iris[0]), Is.EqualTo(new[] { Iris[0] }));
    }

    [Test]
    public void A_search_is_widened_to_so_many_and_no_more()
    {
        VerbBook book = new(1, [], Enumerable.Range(0, Iris.Length - 1).Select(static place => Same(place, place + 1)));

        Assert.That(book.Equivalents(Iris[0]), Has.Length.EqualTo(VerbBook.EquivalentsMax));
    }

    private static EquivalenceInstance Same(int one, int other) => new()
    {
        Interval = new Interval { FromHeight = 1 }, Pair = new VerbPair { Iri = Iris[one], Other = Iris[other] },
    };
}
