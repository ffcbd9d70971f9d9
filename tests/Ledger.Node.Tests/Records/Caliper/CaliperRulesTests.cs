using System.Text.Json.Nodes;
using Ledger.Client.Records;
using Ledger.Node.Records;
using Ledger.Node.Records.Caliper;

namespace Ledger.Node.Tests.Records.Caliper;

/// <summary>
/// Every event type, action and entity of Caliper 1.1 and 1.2 is taken; what the standard forbids is not.
/// </summary>
public sealed class CaliperRulesTests
{
    private const string Base = "http://purl.imsglobal.org/ctx/caliper/";

    private static IEnumerable<TestCaseData> Shapes() => EventShapes.All.Select(shape =>
        new TestCaseData(shape).SetArgDisplayNames(shape.Type, string.Join(' ', shape.Actions)));

    // Any action goes with a general event.
    private static IEnumerable<TestCaseData> ShapesWithActions() =>
        Shapes().Where(data => ((EventShape)data.Arguments[0]!).Actions.Count > 0);

    // Those without an id are parts of others.
    private static IEnumerable<string> KindsWithId() => EntityTypes.All
        .Select(type => type.Name)
        .Where(name => EntityTypes.TryGet(name, CaliperVersion.V1p2, out EntityType? type) && type.HasId);

    [TestCaseSource(nameof(Shapes))]
    public void EveryEventTypeIsTakenWithEachOfItsActionsAndItsActionIsTheVerb(object tested)
    {
        EventShape shape = (EventShape)tested;
        string version = shape.Since == CaliperVersion.V1p1 ? "v1p1" : "v1p2";
        Assert.Multiple(() =>
        {
            foreach (string action in shape.Actions.Count == 0 ? CaliperActions.All : shape.Actions)
            {
                JsonObject learningEvent = EventOf(shape, action, shape.Actions.Count == 0 ? "v1p2" : version);
                Assert.That(Take(learningEvent).VerbIri, Is.EqualTo(CaliperActions.Vocabulary + action));
            }
        });
    }

    [TestCaseSource(nameof(ShapesWithActions))]
    public void AnActionThatIsNotOfTheEventTypeIsRefused(object tested)
    {
        EventShape shape = (EventShape)tested;
        JsonObject learningEvent = EventOf(shape, "Hid", "v1p2");
        Assert.That(Refusal(learningEvent), Is.EqualTo(("/action", "caliper.event-action")));
    }

    [TestCaseSource(nameof(KindsWithId))]
    public void EveryEntityIsTakenAsTheObjectOfAGeneralEvent(string kind)
    {
        JsonObject learningEvent = General("v1p2");
        learningEvent["object"] = Entity(kind);
        Assert.That(() => Take(learningEvent), Throws.Nothing);
    }

    [Test]
    public void TheTablesCountWhatTheStandardNames() => Assert.Multiple(() =>
    {
        Assert.That(EventShapes.All.Select(shape => shape.Type).Distinct().Count(), Is.EqualTo(24));
        Assert.That(EntityTypes.All.Count(type => type.Since == CaliperVersion.V1p1), Is.EqualTo(50));
        Assert.That(CaliperActions.All.Count(), Is.EqualTo(81));
    });

    [Test]
    public void WhatOnlyANewerVersionNamesIsRefusedInTheOlderOneAndTakenWithItsExtension()
    {
        EventShape launch = EventShapes.All.Single(shape => shape.Type == "ToolLaunchEvent");
        JsonObject older = EventOf(launch, "Launched", "v1p1");
        JsonObject extended = EventOf(launch, "Launched", "v1p1/ToolLaunchProfile-extension");
        JsonObject copied = General("v1p1");
        copied["action"] = "Copied";
        JsonObject profiled = General("v1p1");
        profiled["profile"] = "GeneralProfile";
        Assert.Multiple(() =>
        {
            Assert.That(Refusal(older), Is.EqualTo(("/type", "caliper.event-type")));
            Assert.That(() => Take(extended), Throws.Nothing);
            Assert.That(Refusal(copied), Is.EqualTo(("/action", "caliper.action")));
            Assert.That(Refusal(profiled), Is.EqualTo(("/profile", "unknown-property")));
        });
    }

    [TestCase("action", "\"Invented\"", "/action", "caliper.action")]
    [TestCase("action", "\"https://example.org/verbs/read\"", "/action", "caliper.action")]
    [TestCase("type", "\"InventedEvent\"", "/type", "caliper.event-type")]
    [TestCase("id", "\"ff9ec22a-fc59-4ae1-ae8d-2c9463ee2f8f\"", "/id", "caliper.uuid")]
    [TestCase("id", "\"urn:uuid:17\"", "/id", "caliper.uuid")]
    [TestCase("eventTime", "\"2018-11-15T10:15:00Z\"", "/eventTime", "caliper.time")]
    [TestCase("eventTime", "\"2018-11-15T10:15:00.000+09:00\"", "/eventTime", "caliper.time")]
    [TestCase("eventTime", "\"2018-13-15T10:15:00.000Z\"", "/eventTime", "timestamp")]
    [TestCase("actor", """{"id":"https://a.example/1","type":"Document"}""", "/actor/type", "caliper.actor")]
    [TestCase("actor", """{"id":"https://a.example/1","type":"Invented"}""", "/actor/type", "caliper.entity-type")]
    [TestCase("actor", """{"type":"Person"}""", "/actor/id", "required")]
    [TestCase("actor", """{"id":"https://a.example/1"}""", "/actor/type", "required")]
    [TestCase("actor", "\"student 17\"", "/actor", "iri")]
    [TestCase("actor", "null", "/actor", "type")]
    [TestCase("edApp", """{"id":"https://a.example/1","type":"Person"}""", "/edApp/type", "caliper.context-entity")]
    [TestCase("group", """{"id":"https://a.example/1","type":"Page"}""", "/group/type", "caliper.context-entity")]
    [TestCase("colour", "\"red\"", "/colour", "unknown-property")]
    [TestCase("extensions", "[1]", "/extensions", "type")]
    [TestCase("@context", "\"http://www.w3.org/ns/prov\"", "/@context", "caliper.context")]
    [TestCase("@context", """["http://purl.imsglobal.org/ctx/caliper/v1p2",{}]""", "/@context/1", "caliper.context")]
    [TestCase("@context", "{}", "/@context", "caliper.context")]
    [TestCase("profile", "\"AnnotationProfile\"", "/profile", "caliper.profile")]
    [TestCase("profile", "\"InventedProfile\"", "/profile", "caliper.profile")]
    public void WhatTheStandardForbidsIsRefusedWithItsRule(string name, string value, string path, string rule)
    {
        JsonObject learningEvent = General("v1p2");
        learningEvent[name] = JsonNode.Parse(value);
        Assert.That(Refusal(learningEvent), Is.EqualTo((path, rule)));
    }

    [TestCase("dateCreated", "\"2018-11-15\"", "timestamp")]
    [TestCase("dateCreated", "\"2018-11-15T10:15:00Z\"", "caliper.time")]
    [TestCase("duration", "\"90 seconds\"", "duration")]
    [TestCase("name", "17", "type")]
    [TestCase("isPartOf", """{"id":"https://a.example/1"}""", "required", "/type")]
    [TestCase("items", """[{"id":"https://a.example/1","type":"Invented"}]""", "caliper.entity-type", "/0/type")]
    public void WhatIsWrongInsideAnEntityIsRefusedThere(string name, string value, string rule, string below = "")
    {
        JsonObject learningEvent = General("v1p2");
        learningEvent["object"]![name] = JsonNode.Parse(value);
        Assert.That(Refusal(learningEvent), Is.EqualTo(($"/object/{name}{below}", rule)));
    }

    [Test]
    public void WhoTimesOutIsTheApplicationAndWhoLogsInAPerson()
    {
        JsonObject timedOut = General("v1p1");
        timedOut["type"] = "SessionEvent";
        timedOut["action"] = "TimedOut";
        timedOut["object"] = Entity("Session");
        JsonObject graded = General("v1p1");
        graded["type"] = "GradeEvent";
        graded["action"] = "Graded";
        graded["object"] = Entity("Attempt");
        graded["target"] = Entity("Frame");
        Assert.Multiple(() =>
        {
            Assert.That(Refusal(timedOut), Is.EqualTo(("/actor/type", "caliper.actor")));
            Assert.That(Refusal(graded), Is.EqualTo(("/target", "caliper.target")));
        });
    }

    [TestCase("http://purl.imsglobal.org/vocab/caliper/v1/action#Viewed", "Viewed")]
    [TestCase("http://purl.imsglobal.org/caliper/actions/Viewed", "Viewed")]
    [TestCase("MarkedAsUnRead", "MarkedAsUnread")]
    public void AnActionIsOneVerbHoweverItIsWritten(string written, string term)
    {
        JsonObject learningEvent = General("v1p1");
        learningEvent["action"] = written;
        Assert.That(Take(learningEvent).VerbIri, Is.EqualTo(CaliperActions.Vocabulary + term));
    }

    internal static JsonObject Entity(string kind) =>
        new() { ["id"] = $"https://example.edu/{kind}/1", ["type"] = kind };

    private static JsonObject General(string version) => new()
    {
        ["@context"] = Base + version,
        ["id"] = "urn:uuid:ff9ec22a-fc59-4ae1-ae8d-2c9463ee2f8f",
        ["type"] = "Event",
        ["actor"] = Entity("Person"),
        ["action"] = "Viewed",
        ["object"] = Entity("Document"),
        ["eventTime"] = "2018-11-15T10:15:00.000Z",
    };

    private static JsonObject EventOf(EventShape shape, string action, string version)
    {
        JsonObject learningEvent = General(version);
        learningEvent["type"] = shape.Type;
        learningEvent["action"] = action;
        learningEvent["actor"] = Entity(shape.Actors[0]);
        learningEvent["object"] = Entity(shape.Objects[0]);
        return learningEvent;
    }

    private static IntakeRecord Take(JsonObject learningEvent) =>
        Statements.Read(learningEvent.ToJsonString(), RecordType.CaliperEvent);

    private static (string Path, string Rule) Refusal(JsonObject learningEvent)
    {
        RecordFormatException refusal = Assert.Throws<RecordFormatException>(() => Take(learningEvent))!;
        return (refusal.Path, refusal.Rule);
    }
}
