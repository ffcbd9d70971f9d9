using System.Text;
using Ledger.Client.Corrections;
using Ledger.Client.Records;

namespace Ledger.Client.Tests.Corrections;

/// <summary>Which of several words is the last one. Rules W-1 and W-2.</summary>
public sealed class SupersessionsTests
{
    [Test]
    public void A_later_record_that_names_an_earlier_one_takes_its_place() =>
        Expect([("a", null), ("b", null), ("c", "a")], (0, 2));

    [Test]
    public void A_correction_is_corrected_in_turn() =>
        Expect([("a", null), ("b", "a"), ("c", "b")], (0, 1), (1, 2));

    [Test]
    public void Of_two_that_correct_the_same_one_the_later_is_the_last_word() =>
        Expect([("a", null), ("b", "a"), ("c", "a")], (0, 2), (1, 2));

    [Test]
    public void Where_the_corrected_one_is_gone_its_corrections_still_follow_one_another() =>
        Expect([("b", "a"), ("c", "a")], (0, 1));

    [Test]
    public void A_record_that_stands_before_what_it_names_corrects_nothing() => Expect([("b", "a"), ("a", null)]);

    [Test]
    public void A_record_that_names_itself_or_nothing_known_corrects_nothing() =>
        Expect([("a", null), ("b", "x"), ("c", null)]);

    [Test]
    public void Two_records_of_one_id_do_not_correct_each_other() => Expect([("a", null), ("a", null)]);

    [TestCase("""{"id":"n","timestamp":"t","context":{"extensions":{"EXT":"o"}}}""", "o")]
    [TestCase("""{"id":"n","timestamp":"t","context":{"extensions":{"EXT":"n"}}}""", null)]
    [TestCase("""{"id":"n","timestamp":"t","context":{"extensions":{"EXT":""}}}""", null)]
    [TestCase("""{"id":"n","timestamp":"t","context":{"extensions":{"EXT":7}}}""", null)]
    [TestCase("""{"id":"n","timestamp":"t","context":{"extensions":[]}}""", null)]
    [TestCase("""{"id":"n","timestamp":"t","context":"EXT"}""", null)]
    [TestCase("""{"id":"n","timestamp":"t","extensions":{"EXT":"o"}}""", null)]
    [TestCase("""{"id":"n","timestamp":"t","result":{"extensions":{"EXT":"o"}}}""", null)]
    public void A_statement_says_what_it_corrects_in_its_context_alone(string json, string? corrected) =>
        Assert.That(Of(RecordType.XapiStatement, json).Corrects, Is.EqualTo(corrected));

    [TestCase("""{"id":"n","eventTime":"t","extensions":{"EXT":"o"}}""", "o")]
    [TestCase("""{"id":"n","eventTime":"t","context":{"extensions":{"EXT":"o"}}}""", null)]
    public void A_caliper_event_says_it_in_its_extensions(string json, string? corrected) =>
        Assert.That(Of(RecordType.CaliperEvent, json).Corrects, Is.EqualTo(corrected));

    [TestCase("""{"a":"urn:learning-ledger:extension:corrects"}""", true)]
    [TestCase("""{"a":"\u0075rn:learning-ledger:extension:corrects"}""", true)]
    [TestCase("""{"a":"urn:learning-ledger:extension:origin"}""", false)]
    public void What_may_correct_is_known_without_reading_it(string json, bool mayCorrect) =>
        Assert.That(RecordCorrection.MayCorrect(Encoding.UTF8.GetBytes(json)), Is.EqualTo(mayCorrect));

    private static RecordWord Of(RecordType type, string json) => RecordCorrection.Of(
        type, 3, Encoding.UTF8.GetBytes(json.Replace("EXT", RecordCorrection.Extension, StringComparison.Ordinal)));

    private static void Expect((string Id, string? Corrects)[] words, params (int Earlier, int By)[] superseded) =>
        Assert.That(
            Supersessions.Of(words.Select(static (word, at) => new RecordWord((ulong)at, word.Id, word.Corrects)))
                .OrderBy(static one => one.Key)
                .Select(static one => ((int)one.Key, (int)one.Value)),
            Is.EqualTo(superseded));
}
