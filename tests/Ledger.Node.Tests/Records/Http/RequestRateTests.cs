using System.Net;
using System.Text.Json.Nodes;
using Ledger.Node.Records;
using Ledger.Node.Tests.Records.Xapi;

namespace Ledger.Node.Tests.Records.Http;

/// <summary>How often a tool may ask. A pause gives a bucket back what was taken, so no test counts exactly.</summary>
public sealed class RequestRateTests
{
    /// <summary>More than any bucket of these tests holds, refilled while they run included.</summary>
    private const int Many = 600;

    private static readonly RecordQuery Everything =
        new(null, null, null, null, null, null, Ascending: true, RecordQuery.LimitMax);

    private static readonly (string Name, string? Value) Other = As("bookroll", "other");

    private RecordServer server = null!;

    [SetUp]
    public async Task StartAsync() => server = await RecordServer.StartAsync(
        RecordServer.Options with { Limits = new RequestLimits { RequestsPerSecond = 1 } });

    [TearDown]
    public async Task StopAsync() => await server.DisposeAsync();

    [Test]
    public async Task AToolThatAsksTooOftenIsToldWhenToComeBackAndOthersGoOnAsync()
    {
        using HttpResponseMessage refused = await FirstRefusalAsync();
        JsonNode error = await refused.ReadAsync();
        Assert.Multiple(() =>
        {
            Assert.That(error["rule"]!.GetValue<string>(), Is.EqualTo("rate"));
            Assert.That(refused.Headers.RetryAfter!.Delta, Is.GreaterThanOrEqualTo(TimeSpan.FromSeconds(1)));
        });
        using HttpResponseMessage other = await server.CallAsync("GET", "/statements", null, Other);
        Assert.That(other.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task WhatIsRefusedForItsRateIsNotStoredAsync()
    {
        using HttpResponseMessage refused = await FirstRefusalAsync();
        int stored = server.Store.List(Everything).Count;
        Assert.That(stored, Is.LessThan(Many));
        Assert.That(server.Store.FindStatement(Statements.Id(stored), isVoided: false), Is.Not.Null);
        Assert.That(server.Store.FindStatement(Statements.Id(stored + 1), isVoided: false), Is.Null);
    }

    [Test]
    public async Task AKeyWithoutLimitsIsNeverRefusedAsync()
    {
        for (int at = 0; at < 50; at++)
        {
            using HttpResponseMessage answer =
                await server.CallAsync("GET", "/statements?limit=1", null, As("importer", "i"));
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        }
    }

    [Test]
    public async Task WhoGuessesSecretsIsSlowedAndTakesNothingFromToolsAsync()
    {
        using HttpClient stranger = new() { BaseAddress = server.Address };
        HttpStatusCode last = HttpStatusCode.Unauthorized;
        for (int at = 0; at < Many && last == HttpStatusCode.Unauthorized; at++)
        {
            using HttpResponseMessage guess = await stranger.GetAsync("/xAPI/statements");
            last = guess.StatusCode;
        }

        using HttpResponseMessage tool = await server.CallAsync("GET", "/statements", null, Other);
        Assert.That((last, tool.StatusCode), Is.EqualTo((HttpStatusCode.TooManyRequests, HttpStatusCode.OK)));
    }

    /// <summary>Records of others count as those of the store: there is one number for a credential.</summary>
    [Test]
    public async Task WhoAskedTooOftenInTheStoreIsNotAnsweredWhereRecordsAreGrantedAsync()
    {
        using FactsLedger ledger = new();
        await using RecordServer store = await RecordServer.StartAsync(RecordServer.Options with
        {
            Limits = new RequestLimits { RequestsPerSecond = 1 }, Granted = ledger.Granted(),
        });
        HttpStatusCode last = HttpStatusCode.OK;
        for (int at = 0; at < Many && last == HttpStatusCode.OK; at++)
        {
            using HttpResponseMessage answer = await store.GetAsync("/xAPI/statements");
            last = answer.StatusCode;
        }

        using HttpResponseMessage granted = await store.GetAsync("/granted/xAPI/statements");
        Assert.That(
            (last, granted.StatusCode),
            Is.EqualTo((HttpStatusCode.TooManyRequests, HttpStatusCode.TooManyRequests)));
    }

    private static (string Name, string? Value) As(string key, string secret) => RecordServer.As(key, secret);

    private async Task<HttpResponseMessage> FirstRefusalAsync()
    {
        for (int at = 1; at <= Many; at++)
        {
            HttpResponseMessage answer = await server.PostAsync("/xAPI/statements", Statements.Statement(at));
            if (answer.StatusCode == HttpStatusCode.TooManyRequests)
            {
                return answer;
            }

            answer.Dispose();
        }

        throw new AssertionException($"{Many} requests in a row were taken of one a second");
    }
}
