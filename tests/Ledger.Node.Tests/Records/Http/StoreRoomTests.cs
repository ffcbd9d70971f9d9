using System.Net;
using Ledger.Client.Records;
using Ledger.Node.Records;
using Ledger.Node.Tests.Records.Xapi;
using static Ledger.Node.Tests.Records.Xapi.XapiCalls;

namespace Ledger.Node.Tests.Records.Http;

/// <summary>A disk that is nearly full takes nothing in, and gives what there is.</summary>
public sealed class StoreRoomTests
{
    private const string State =
        "/activities/state?activityId=https%3A%2F%2Fexample.org%2Fa&stateId=x"
        + "&agent=%7B%22mbox%22%3A%22mailto%3Aa%40b.example%22%7D";

    private bool hasRoom = true;
    private RecordServer server = null!;

    [SetUp]
    public async Task StartAsync()
    {
        hasRoom = true;
        server = await RecordServer.StartAsync(RecordServer.Options with { HasRoom = () => hasRoom });
    }

    [TearDown]
    public async Task StopAsync() => await server.DisposeAsync();

    [Test]
    public async Task WhatIsSentIsToBeSentAgainAndWhatIsThereIsGivenAsync()
    {
        await server.StoreAsync(Statements.Statement(1));
        hasRoom = false;
        HttpResponseMessage[] refused =
        [
            await server.CallAsync("POST", "/statements", Json(Statements.Statement(2).ToJsonString())),
            await server.CallAsync("PUT", State, Json("{}")),
            await server.PostAsync("/caliper/events", Statements.Envelope()),
        ];
        foreach (HttpResponseMessage answer in refused)
        {
            Assert.That(answer.Headers.RetryAfter!.Delta, Is.GreaterThan(TimeSpan.Zero));
            await answer.ExpectAsync(HttpStatusCode.ServiceUnavailable, "", "store");
        }

        Assert.That(await server.FindAsync("limit=5"), Is.EqualTo(new[] { Statements.Id(1) }));
        hasRoom = true;
        await server.StoreAsync(Statements.Statement(2));
    }

    [Test]
    public void LinksAndFilesTakeNothingInEither()
    {
        RecordIntake intake = new(server.Store, TimeProvider.System, static _ => true) { HasRoom = static () => false };
        Assert.That(
            () => intake.TakeStatements(Statements.Statement(1).Bytes(), "import"),
            Throws.TypeOf<RecordStoreException>().With.Message.Contains("disk"));
        Assert.That(
            () => intake.TakeEvents(
                Statements.Envelope(System.Text.Json.Nodes.JsonNode.Parse(Statements.Caliper)!).Bytes(), "import"),
            Throws.TypeOf<RecordStoreException>());
        Assert.That(server.Store.Find(RecordType.XapiStatement, Statements.Id(1)), Is.Null);
    }
}
