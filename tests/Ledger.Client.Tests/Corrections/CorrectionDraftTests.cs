using System.Text;
using System.Text.Json;
using Ledger.Client.Corrections;
using Ledger.Client.Records;

namespace Ledger.Client.Tests.Corrections;

/// <summary>A draft becomes a statement that corrects another, or is refused by name. Rule W-3.</summary>
public sealed class CorrectionDraftTests
{
    private const string Earlier =
        """
        {"id":"e","timestamp":"2024-05-01T10:00:00Z","actor":{"name":"Jo","account":{"homePage":"h:","name":"jo"}},
         "verb":{"id":"x:answered"},"object":{"id":"x:task"},"result":{"score":{"scaled":0.1}}}
        """;

    [Test]
    public void What_it_leaves_out_is_taken_from_the_earlier_one_and_the_extension_names_that()
    {
        JsonElement made = Make("""{"object":{"id":"x:task"},"result":{"score":{"scaled":0.90}}}""");

        Assert.That(made.GetProperty("actor").GetProperty("name").GetString(), Is.EqualTo("Jo"));
        Assert.That(made.GetProperty("verb").GetProperty("id").GetString(), Is.EqualTo("x:answered"));
        Assert.That(made.GetProperty("timestamp").GetString(), Is.EqualTo("2024-05-01T10:00:00Z"));
        Assert.That(Guid.TryParse(made.GetProperty("id").GetString(), out _), Is.True);
        Assert.That(
            RecordCorrection.Of(RecordType.XapiStatement, 1, Encoding.UTF8.GetBytes(made.ToString())).Corrects,
            Is.EqualTo("e"));
        Assert.That(made.GetProperty("result").ToString(), Does.Contain("0.90"), "numbers stay as they were written");
    }

    [Test]
    public void What_it_says_itself_stays_and_the_id_of_the_earlier_one_is_not_taken()
    {
        JsonElement made = Make(
            """
            {"id":"e","actor":{"name":"Joan","account":{"homePage":"h:","name":"jo"}},"verb":{"id":"x:answered"},
             "object":{"id":"x:task"},"context":{"language":"ja","extensions":{"x:other":1}}}
            """);

        Assert.That(made.GetProperty("actor").GetProperty("name").GetString(), Is.EqualTo("Joan"));
        Assert.That(made.GetProperty("id").GetString(), Is.Not.EqualTo("e"));
        JsonElement context = made.GetProperty("context");
        Assert.That(context.GetProperty("language").GetString(), Is.EqualTo("ja"));
        Assert.That(context.GetProperty("extensions").EnumerateObject().Count(), Is.EqualTo(2));
    }

    [TestCase("""{"actor":{"account":{"homePage":"h:","name":"ann"}}}""", "correction.actor")]
    [TestCase("""{"actor":{"mbox":"mailto:jo@h"}}""", "correction.actor")]
    [TestCase("""{"actor":{"name":"Jo"}}""", "correction.actor")]
    [TestCase("""{"verb":{"id":"x:passed"}}""", "correction.verb")]
    [TestCase("""{"context":[]}""", "record.object")]
    [TestCase("""{"context":{"extensions":"x"}}""", "record.object")]
    [TestCase("""[]""", "record.object")]
    [TestCase("""{"id":"a","id":"b"}""", "json.duplicate-key")]
    public void What_corrects_another_learners_record_or_another_verb_is_refused(string draft, string rule) =>
        Assert.That(Assert.Throws<RecordFormatException>(() => Make(draft))!.Rule, Is.EqualTo(rule));

    private static JsonElement Make(string draft)
    {
        (byte[] json, string id) = CorrectionDraft.Make(
            Encoding.UTF8.GetBytes(Earlier), Encoding.UTF8.GetBytes(draft));
        JsonElement made = JsonDocument.Parse(json).RootElement;
        Assert.That(made.GetProperty("id").GetString(), Is.EqualTo(id));
        return made;
    }
}
