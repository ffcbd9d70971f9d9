using System.Net;
using System.Text.Json.Nodes;
using Ledger.Client.Verification;
using Ledger.Node.Anchoring;
using Ledger.Node.Api;
using Ledger.Node.Chain;
using Ledger.Node.Records;
using Ledger.Node.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace Ledger.Node.Tests.Records.Http;

/// <summary>How far a record is, and its receipt, for whoever may read it.</summary>
public sealed class RecordFactsTests
{
    private TestLedger ledger = null!;
    private DatabaseFolder database = null!;
    private StoreFolder files = null!;
    private RecordStore store = null!;
    private WebApplication application = null!;
    private HttpClient client = null!;

    [SetUp]
    public async Task Start()
    {
        ledger = new TestLedger();
        database = new DatabaseFolder();
        files = new StoreFolder();
        store = files.Open();
        store.AddAll([Statements.Intake(1)], "moodle");
        ChainBuilder blocks = new(ledger, database);
        blocks.Decide(TestLedger.Time + 1_000, ledger.Settle(ledger.Identities[0]));
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        RecordCors.Add(builder.Services);
        application = builder.Build();
        application.UseRouting();
        application.MapXapi(
            store, RecordServer.Options with { Facts = FactsOf(blocks) }, static _ => true, files.Clock);
        await application.StartAsync();
        client = new HttpClient { BaseAddress = new Uri(application.Urls.Single()) };
    }

    [TearDown]
    public async Task Delete()
    {
        client.Dispose();
        await application.DisposeAsync();
        store.Dispose();
        files.Dispose();
        database.Dispose();
        ledger.Dispose();
    }

    [Test]
    public async Task A_tool_that_may_read_the_record_is_told_how_far_it_is_and_gets_a_receipt_that_verifies()
    {
        using HttpResponseMessage facts = await GetAsync("moodle", "secret", Statements.Id(1));
        using HttpResponseMessage receipt = await GetAsync("moodle", "secret", Statements.Id(1) + "/receipt");
        JsonNode told = JsonNode.Parse(await facts.Content.ReadAsStringAsync())!;
        TrustRoot.TryFromGenesis(ledger.GenesisBytes, out TrustRoot? trust);
        VerificationReport report = ProofVerifier.Verify(await receipt.Content.ReadAsByteArrayAsync(), trust!);
        Assert.Multiple(() =>
        {
            Assert.That((string?)told["state"], Is.EqualTo("not-enrolled"));
            Assert.That((string?)told["why"], Does.Contain("paired with no learner"));
            Assert.That(report.Verdict, Is.EqualTo(Verdict.Passed));
            Assert.That(
                (string?)told["commitment"],
                Is.EqualTo(Convert.ToHexStringLower(report.Intake!.Commitment.Span)));
        });
    }

    [Test]
    public async Task Another_tool_and_a_stranger_are_told_nothing()
    {
        using HttpResponseMessage others = await GetAsync("writer", "w", Statements.Id(1) + "/receipt");
        using HttpResponseMessage unknown = await GetAsync("moodle", "secret", Statements.Id(2));
        using HttpResponseMessage stranger = await GetAsync("moodle", "wrong", Statements.Id(1));
        Assert.That(
            new[] { others.StatusCode, unknown.StatusCode, stranger.StatusCode },
            Is.EqualTo(new[] { HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.Unauthorized }));
    }

    private RecordFacts FactsOf(ChainBuilder blocks)
    {
        ChainReader reader = new(database.Database);
        AccountStandings accounts = new(
            ledger.Identities[0].Address, new LearnerPairs(database.Database), new EarlierWishes(database.Database),
            new BlockTimes(reader, blocks.Chain), files.Clock);
        return new RecordFacts(
            new RecordStandings(accounts, blocks.Chain),
            new IntakeReceipts(
                ledger.ChainId, ledger.Identities[0], blocks.Chain, new ProofMaker(ledger.GenesisBytes, reader), store,
                files.Clock));
    }

    private async Task<HttpResponseMessage> GetAsync(string key, string secret, string path)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, "/ledger/records/" + path);
        (string name, string? value) = RecordServer.As(key, secret);
        request.Headers.TryAddWithoutValidation(name, value);
        return await client.SendAsync(request);
    }
}
