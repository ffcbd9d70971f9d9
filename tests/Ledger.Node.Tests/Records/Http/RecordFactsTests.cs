using System.Net;
using System.Text.Json.Nodes;
using Ledger.Client.Records;
using Ledger.Contracts.Protos;
using Ledger.Node.Records;
using Ledger.Node.Tests.Records.Xapi;

namespace Ledger.Node.Tests.Records.Http;

/// <summary>What a tool learns of a record beside xAPI.</summary>
public sealed class RecordFactsTests
{
    private static readonly string Record = $"/ledger/records/{Statements.Id(1)}";

    private FactsLedger ledger = null!;
    private RecordServer server = null!;

    [SetUp]
    public async Task StartAsync()
    {
        ledger = new FactsLedger();
        server = await RecordServer.StartAsync(RecordServer.Options, ledger.Of);
        server.Store.AddAll([Statements.Intake(1)], "moodle");
    }

    [TearDown]
    public async Task StopAsync()
    {
        await server.DisposeAsync();
        ledger.Dispose();
    }

    [Test]
    public async Task A_record_of_an_account_without_a_learner_says_so()
    {
        using HttpResponseMessage answer = await server.GetAsync(Record);
        JsonNode told = await answer.ReadAsync();
        using HttpResponseMessage head = await server.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, Record));
        StoredRecord stored = server.Store.Find(RecordType.XapiStatement, Statements.Id(1))!;
        Assert.Multiple(() =>
        {
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(head.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(told["id"]!.GetValue<string>(), Is.EqualTo(Statements.Id(1)));
            Assert.That(told["type"]!.GetValue<string>(), Is.EqualTo("xapi"));
            Assert.That(told["state"]!.GetValue<string>(), Is.EqualTo("not-enrolled"));
            Assert.That(told["why"]!.GetValue<string>(), Is.EqualTo("The account is paired with no learner."));
            Assert.That(told["commitment"]!.GetValue<string>(), Is.EqualTo(stored.Commitment.ToString()));
        });
    }

    [Test]
    public async Task A_receipt_is_there_from_the_first_block_on()
    {
        using HttpResponseMessage early = await server.GetAsync(Record + "/receipt");
        ledger.Decide();
        using HttpResponseMessage late = await server.GetAsync(Record + "/receipt");
        ProofFile receipt = ProofFile.Parser.ParseFrom(await late.Content.ReadAsByteArrayAsync());
        Assert.Multiple(() =>
        {
            Assert.That(early.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
            Assert.That(late.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(late.Content.Headers.ContentType!.MediaType, Is.EqualTo("application/octet-stream"));
            Assert.That(receipt.Intake, Is.Not.Null);
        });
    }

    [Test]
    public async Task A_record_of_another_tool_is_not_there_for_who_reads_its_own_alone()
    {
        HttpStatusCode other = await StatusAsync(Record, RecordServer.As("writer", "w"));
        HttpStatusCode missing = await StatusAsync(
            $"/ledger/records/{Statements.Id(2)}", RecordServer.As("writer", "w"));
        HttpStatusCode reader = await StatusAsync(Record, RecordServer.As("reader", "r"));
        HttpStatusCode stranger = await StatusAsync(Record, RecordServer.As("moodle", "wrong"));
        Assert.That(
            (other, missing, reader, stranger),
            Is.EqualTo((HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.OK,
                HttpStatusCode.Unauthorized)));
    }

    private async Task<HttpStatusCode> StatusAsync(string path, (string Name, string? Value) credentials)
    {
        using HttpClient client = new() { BaseAddress = server.Address };
        client.DefaultRequestHeaders.TryAddWithoutValidation(credentials.Name, credentials.Value);
        client.DefaultRequestHeaders.Add(RecordServer.VersionHeader, "1.0.3");
        using HttpResponseMessage answer = await client.GetAsync(path);
        return answer.StatusCode;
    }
}
