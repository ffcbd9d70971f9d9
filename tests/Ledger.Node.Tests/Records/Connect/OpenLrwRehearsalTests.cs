using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Ledger.Client.Records;
using Ledger.Node.Records;
using Ledger.Node.Records.Connectors;
using Ledger.Node.Tests.Records.Connectors;

namespace Ledger.Node.Tests.Records.Connect;

/// <summary>OpenLRW's API as docs/connect/openlrw.md uses it, and a sensor of OpenLRW that has moved.</summary>
public sealed class OpenLrwRehearsalTests
{
    [Test]
    public async Task TheLinkLogsInReadsThePagesAndKeepsEventsAsCaliperAsync()
    {
        FakeOpenLrw lrw = new();
        lrw.Add(Enumerable.Range(1, 5).Select(FakeOpenLrw.Event));
        await using FakeServer server = await FakeServer.StartAsync(lrw.AnswerAsync);
        using LinkRig rig = new(LinkKind.PullOpenLrw, server.Address);
        await rig.RunAsync();
        StoredRecord newest = rig.All(RecordType.CaliperEvent)[0];
        JsonNode kept = JsonNode.Parse(Encoding.UTF8.GetString(newest.Committed.Span))!;
        Assert.Multiple(() =>
        {
            Assert.That(rig.Progress.Moved, Is.EqualTo(5));
            Assert.That(newest.Id, Is.EqualTo("urn:uuid:00000000-0000-0000-0000-000000000005"));
            Assert.That((string?)kept["object"]!["type"], Is.EqualTo("EpubVolume"));
            Assert.That((int?)kept["extensions"]!["openlrw"]!["timeZoneOffset"], Is.EqualTo(3600));
            Assert.That(kept["target"], Is.Null);
        });
    }

    [Test]
    public async Task AnEventThatBreaksARuleIsKeptAndTheOthersAreTakenAsync()
    {
        JsonObject wrong = FakeOpenLrw.Event(2);
        wrong["action"] = "http://purl.imsglobal.org/vocab/caliper/v1/action#Invented";
        FakeOpenLrw lrw = new();
        lrw.Add(FakeOpenLrw.Event(1), wrong, FakeOpenLrw.Event(3));
        await using FakeServer server = await FakeServer.StartAsync(lrw.AnswerAsync);
        using LinkRig rig = new(LinkKind.PullOpenLrw, server.Address);
        await rig.RunAsync();
        RefusedRecord refused = rig.Refused().Single();
        Assert.Multiple(() =>
        {
            Assert.That(rig.Ids(RecordType.CaliperEvent), Has.Count.EqualTo(2));
            Assert.That((refused.Path, refused.Rule), Is.EqualTo(("/action", "caliper.action")));
        });
    }

    [TestCase("1775000000.25", "2026-03-31T23:33:20.250Z")]
    [TestCase("\"2026-04-01T09:00:00+09:00\"", "2026-04-01T00:00:00.000Z")]
    public void ATimeOfEitherFormIsKeptToTheMillisecond(string given, string kept)
    {
        JsonObject source = FakeOpenLrw.Event(1);
        source["eventTime"] = JsonNode.Parse(given);
        Assert.That((string?)OpenLrwEvent.ToCaliper(source)["eventTime"], Is.EqualTo(kept));
    }

    [Test]
    public async Task ASensorOfOpenLrwMovesWithItsBareKeyAsync()
    {
        await using RecordServer server = await RecordServer.StartAsync();
        using HttpClient sensor = new() { BaseAddress = server.Address };
        using HttpRequestMessage request = new(HttpMethod.Post, "/key/caliper")
        {
            Content = RecordServer.Json(Statements.Envelope(JsonNode.Parse(Statements.Caliper)!)),
        };
        request.Headers.TryAddWithoutValidation("Authorization", "secret");
        request.Headers.Add("X-Requested-With", "XMLHttpRequest");
        Assert.That((await sensor.SendAsync(request)).StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }
}
