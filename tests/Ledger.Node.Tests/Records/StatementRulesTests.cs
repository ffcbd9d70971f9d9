using System.Text;
using System.Text.Json.Nodes;
using Ledger.Client.Records;
using Ledger.Node.Records;

namespace Ledger.Node.Tests.Records;

public sealed class StatementRulesTests
{
    private const string Full = """
        {"id":"7C0A9A7B-7F0D-4F5B-9A29-0D6F3A1C2E01","timestamp":"2019-06-03T10:00:00.250+09:00",
         "actor":{"objectType":"Agent","name":"A","mbox":"mailto:learner@example.org"},
         "verb":{"id":"http://adlnet.gov/expapi/verbs/scored","display":{"en-GB":"scored"}},
         "object":{"objectType":"Activity","id":"https://lms.example.org/mod/quiz/9",
          "definition":{"type":"http://adlnet.gov/expapi/activities/assessment","name":{"ja":"統計"},
           "extensions":{"https://a.org/x":null}}},
         "result":{"success":true,"completion":false,"response":"","duration":"PT1H4M3.5S",
          "score":{"scaled":0.5,"raw":50,"min":0,"max":100},"extensions":{"https://a.org/y":[null]}},
         "context":{"registration":"7c0a9a7b-7f0d-4f5b-9a29-0d6f3a1c2e09","language":"en","platform":"Moodle",
          "revision":"1","instructor":{"openid":"https://id.example.org/t"},
          "team":{"objectType":"Group","member":[{"mbox":"mailto:b@c.d"}]},
          "contextActivities":{"parent":{"id":"https://a.org/p"},"grouping":[{"id":"https://a.org/g"}]},
          "statement":{"objectType":"StatementRef","id":"7c0a9a7b-7f0d-4f5b-9a29-0d6f3a1c2e08"},
          "extensions":{"http://lrs.learninglocker.net/define/extensions/info":{"event_name":"\\core\\event\\x"}}},
         "attachments":[{"usageType":"https://a.org/u","display":{"en":"x"},"contentType":"text/plain",
          "length":3,"sha2":"ab","fileUrl":"https://a.org/f"}],
         "stored":"2019-06-03T10:00:01Z","version":"1.0.0","authority":{"mbox":"mailto:lrs@example.org"}}
        """;

    [Test]
    public void AStatementWithEverythingIsTakenIn()
    {
        IntakeRecord record = Statements.Read(Full);
        Assert.Multiple(() =>
        {
            Assert.That(record.Id, Is.EqualTo("7c0a9a7b-7f0d-4f5b-9a29-0d6f3a1c2e01"));
            Assert.That(record.ActorKey, Is.EqualTo("mbox|mailto:learner@example.org"));
            Assert.That(record.VerbIri, Is.EqualTo("http://adlnet.gov/expapi/verbs/scored"));
            Assert.That(record.Time, Is.EqualTo(new DateTimeOffset(2019, 6, 3, 1, 0, 0, 250, TimeSpan.Zero)));
            Assert.That(
                Encoding.UTF8.GetString(record.Committed.Span), Does.Not.Contain("stored").And.Not.Contain(
                    "authority"));
        });
    }

    [Test]
    public void WhatTheClientLeftOutIsFilledIn()
    {
        JsonObject statement = Statements.Statement(1);
        statement.Remove("id");
        statement.Remove("timestamp");
        IntakeRecord record = Statements.Read(statement.ToJsonString());
        Assert.Multiple(() =>
        {
            Assert.That(record.Id, Is.EqualTo("00000000-0000-4000-8000-0000000000ff"));
            Assert.That(record.Record.Time, Is.EqualTo("2026-01-02T03:04:05.678Z"));
            Assert.That(record.TimeFilledIn, Is.True);
        });
    }

    [TestCase("actor", null, "/actor", "required")]
    [TestCase("verb", null, "/verb", "required")]
    [TestCase("object", null, "/object", "required")]
    [TestCase("verb", "{}", "/verb/id", "required")]
    [TestCase("verb", """{"id":"viewed"}""", "/verb/id", "iri")]
    [TestCase("verb", """{"id":"/verbs/viewed"}""", "/verb/id", "iri")]
    [TestCase(
        "verb", """{"id":"http://a.org/x","display":{"not a tag":"x"}}""", "/verb/display/not a tag", "language-tag")]
    [TestCase("verb", """{"id":"http://a.org/x","other":1}""", "/verb/other", "unknown-property")]
    [TestCase("actor", "{}", "/actor", "one-identifier")]
    [TestCase("actor", """{"mbox":"mailto:a@b.c","openid":"https://a.org"}""", "/actor", "one-identifier")]
    [TestCase("actor", """{"mbox":"a@b.c"}""", "/actor/mbox", "iri")]
    [TestCase("actor", """{"mbox":"mailto:nobody"}""", "/actor/mbox", "mailbox")]
    [TestCase("actor", """{"mbox_sha1sum":"12"}""", "/actor/mbox_sha1sum", "sha1")]
    [TestCase("actor", """{"account":{"name":"x"}}""", "/actor/account/homePage", "required")]
    [TestCase("actor", """{"account":{"homePage":"lms","name":"x"}}""", "/actor/account/homePage", "iri")]
    [TestCase("actor", """{"account":{"homePage":"https://a.org","name":""}}""", "/actor/account/name", "not-empty")]
    [TestCase("actor", """{"objectType":"Group"}""", "/actor/member", "required")]
    [TestCase("actor", """{"objectType":"Group","member":[{}]}""", "/actor/member/0", "one-identifier")]
    [TestCase("actor", """{"objectType":"Robot","mbox":"mailto:a@b.c"}""", "/actor/objectType", "object-type")]
    [TestCase("object", """{"id":"course"}""", "/object/id", "iri")]
    [TestCase("object", """{"objectType":"Thing","id":"https://a.org"}""", "/object/objectType", "object-type")]
    [TestCase("object", """{"objectType":"StatementRef","id":"7"}""", "/object/id", "uuid")]
    [TestCase("id", "\"17\"", "/id", "uuid")]
    [TestCase("id", "17", "/id", "type")]
    [TestCase("timestamp", "\"yesterday\"", "/timestamp", "timestamp")]
    [TestCase("timestamp", "\"2019-02-30T00:00:00Z\"", "/timestamp", "timestamp")]
    [TestCase("timestamp", "\"2019-06-03T09:15:00-00:00\"", "/timestamp", "timestamp")]
    [TestCase("timestamp", "\"2019-06-03\"", "/timestamp", "timestamp")]
    [TestCase("result", "null", "/result", "null")]
    [TestCase("result", """{"score":{"scaled":1.01}}""", "/result/score/scaled", "score-range")]
    [TestCase("result", """{"score":{"raw":101,"max":100}}""", "/result/score/raw", "score-range")]
    [TestCase("result", """{"score":{"raw":-1,"min":0}}""", "/result/score/raw", "score-range")]
    [TestCase("result", """{"score":{"min":5,"max":5}}""", "/result/score/max", "score-range")]
    [TestCase("result", """{"score":{"raw":"5"}}""", "/result/score/raw", "type")]
    [TestCase("result", """{"score":{"points":5}}""", "/result/score/points", "unknown-property")]
    [TestCase("result", """{"success":"yes"}""", "/result/success", "type")]
    [TestCase("result", """{"duration":"4 minutes"}""", "/result/duration", "duration")]
    [TestCase("result", """{"duration":"PT"}""", "/result/duration", "duration")]
    [TestCase("result", """{"extensions":{"x":1}}""", "/result/extensions/x", "iri")]
    [TestCase("result", """{"response":null}""", "/result/response", "null")]
    [TestCase("context", """{"registration":"1"}""", "/context/registration", "uuid")]
    [TestCase("context", """{"contextActivities":{"x":{}}}""", "/context/contextActivities/x", "unknown-property")]
    [TestCase(
        "context", """{"contextActivities":{"other":[{"id":"x"}]}}""", "/context/contextActivities/other/0/id", "iri")]
    [TestCase("version", "\"2.0.0\"", "/version", "version")]
    [TestCase("colour", "1", "/colour", "unknown-property")]
    [TestCase("attachments", "[{}]", "/attachments/0/usageType", "required")]
    public void WhatBreaksARuleIsRefusedWithItsPlace(string name, string? value, string path, string rule)
    {
        JsonObject statement = Statements.Statement(1);
        statement.Remove(name);
        if (value is not null)
        {
            statement[name] = JsonNode.Parse(value);
        }

        RecordFormatException refusal =
            Assert.Throws<RecordFormatException>(() => Statements.Read(statement.ToJsonString()))!;
        Assert.That((refusal.Path, refusal.Rule), Is.EqualTo((path, rule)), refusal.Message);
    }

    [Test]
    public void VoidingNeedsAReferenceAndSubStatementsDoNotNest()
    {
        JsonObject voiding = Statements.Statement(1, verb: "http://adlnet.gov/expapi/verbs/voided");
        JsonObject inner = Statements.Statement(2);
        inner.Remove("id");
        inner["objectType"] = "SubStatement";
        JsonObject planned = Statements.Statement(3);
        planned["object"] = inner.DeepClone();
        JsonObject nested = Statements.Statement(4);
        JsonObject middle = (JsonObject)inner.DeepClone();
        middle["object"] = inner.DeepClone();
        nested["object"] = middle;
        Assert.Multiple(() =>
        {
            Assert.That(Refusal(voiding).Rule, Is.EqualTo("voiding"));
            Assert.That(() => Statements.Read(planned.ToJsonString()), Throws.Nothing);
            Assert.That(Refusal(nested).Path, Is.EqualTo("/object/object/objectType"));
        });
    }

    [TestCase("@context")]
    [TestCase("id")]
    [TestCase("type")]
    [TestCase("actor")]
    [TestCase("action")]
    [TestCase("object")]
    [TestCase("eventTime")]
    public void AnEventWithoutARequiredPropertyIsRefused(string name)
    {
        JsonObject learningEvent = JsonNode.Parse(Statements.Caliper)!.AsObject();
        learningEvent.Remove(name);
        RecordFormatException refusal = Assert.Throws<RecordFormatException>(
            () => Statements.Read(learningEvent.ToJsonString(), RecordType.CaliperEvent))!;
        Assert.That((refusal.Path, refusal.Rule), Is.EqualTo(($"/{name}", "required")));
    }

    [Test]
    public void AnEventsActionBecomesItsIri()
    {
        IntakeRecord record = Statements.Read(Statements.Caliper, RecordType.CaliperEvent);
        Assert.Multiple(() =>
        {
            Assert.That(record.VerbIri, Is.EqualTo("http://purl.imsglobal.org/vocab/caliper/v1/action#NavigatedTo"));
            Assert.That(record.ActorKey, Is.EqualTo("caliper|https://example.edu/users/554433"));
        });
    }

    private static RecordFormatException Refusal(JsonObject statement) =>
        Assert.Throws<RecordFormatException>(() => Statements.Read(statement.ToJsonString()))!;
}
