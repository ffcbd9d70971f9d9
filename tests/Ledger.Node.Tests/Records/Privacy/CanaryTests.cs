using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Ledger.Client.Records;
using Ledger.Node.Records;
using Ledger.Node.Records.Connectors;
using Ledger.Node.Records.Import;
using Ledger.Node.Tests.Records.Connectors;
using Ledger.Node.Tests.Records.Xapi;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Npgsql;
using static Ledger.Node.Tests.Records.Xapi.XapiCalls;

namespace Ledger.Node.Tests.Records.Privacy;

/// <summary>
/// One learner goes through everything that a record store does, well and badly, and is found nowhere but in the store
/// and in answers to whoever may read it. Metrics are those of the whole process, so nothing runs beside.
/// </summary>
[NonParallelizable]
public sealed class CanaryTests
{
    private const string FormType = "application/x-www-form-urlencoded";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private CollectedLog log = null!;
    private CollectedMetrics metrics = null!;

    [SetUp]
    public void Listen()
    {
        log = new CollectedLog();
        metrics = new CollectedMetrics();
    }

    [TearDown]
    public void RequireNoTrace()
    {
        metrics.Dispose();
        Canary.RequireNoTrace("the log", log.Text);
        Canary.RequireNoTrace("a metric or trace", metrics.Text);
    }

    [Test]
    public async Task WhatIsTakenAndAskedForLeavesNoTraceAsync()
    {
        await using RecordServer server = await StartAsync();
        await server.StoreAsync(new JsonArray(Canary.Statement(1), Canary.Statement(2)));
        await server.CallAsync(
            "PUT", $"/statements?statementId={Statements.Id(3)}", Json(Canary.Statement(3).ToJsonString()));
        await server.PostAsync("/caliper/events", Statements.Envelope(Canary.Event()));
        string document = $"?activityId=https%3A%2F%2Fa.org&agent={Canary.Agent}&stateId={Canary.Mark}";
        await server.CallAsync("PUT", "/activities/state" + document, Content(Canary.Text, "text/plain"));
        await server.CallAsync("GET", "/activities/state" + document);
        await server.CallAsync("GET", $"/agents?agent={Canary.Agent}");
        await server.CallAsync("GET", $"/statements?agent={Canary.Agent}&related_agents=true");
        await server.CallAsync("POST", "/statements?method=GET", Content($"agent={Canary.Agent}", FormType));
        Assert.That(server.Store.FindStatement(Statements.Id(3), isVoided: false), Is.Not.Null);
        Assert.That(metrics.Count, Is.Positive, "nothing was measured");
    }

    [Test]
    public async Task WhatIsRefusedLeavesNoTraceAsync()
    {
        await using RecordServer server = await StartAsync();
        JsonObject wrong = Canary.Statement(1);
        wrong["verb"]!["id"] = Canary.Text;
        string[] bodies =
        [
            wrong.ToJsonString(), Canary.Text, $"{{\"{Canary.Mark}\":1,\"{Canary.Mark}\":2}}",
            Canary.Statement(1).ToJsonString()[..^9], $"[\"\\ud800{Canary.Mark}\"]",
        ];
        foreach (string body in bodies)
        {
            using HttpResponseMessage answer = await server.CallAsync("POST", "/statements", Json(body));
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        }

        await server.CallAsync("POST", "/statements", Content(Canary.Text, "multipart/mixed; boundary=" + Canary.Mark));
        await server.CallAsync("POST", "/statements", Content($"content={Canary.Mark}%zz&x={Canary.Mark}", FormType));
        await server.CallAsync("GET", $"/statements?{Canary.Mark}={Canary.Mark}&agent={Canary.Agent}");
        await server.CallAsync("GET", $"/{Canary.Mark}");
        await server.CallAsync("GET", "/statements", null, RecordServer.As(Canary.Account, Canary.Text));
        await server.CallAsync("GET", "/statements", null, Version(Canary.Mark));
        await server.PostAsync("/caliper/events", Statements.Envelope(new JsonObject { ["type"] = Canary.Text }));
        await SendRawAsync(server, $"GET /xAPI/statements?agent={Canary.Agent} HTTP/9.9\r\n\r\n");
        await SendRawAsync(server, $"GET /xAPI/{Canary.Mark} HTTP/1.1\r\nHost: x\r\n{Canary.Mark}\r\n\r\n");
    }

    [Test]
    public async Task AFaultInsideLeavesNoTraceInTheLogAndTellsTheCallerNothingAsync()
    {
        await using RecordServer server = await RecordServer.StartAsync(
            static key => throw new InvalidOperationException($"no place for {key}", new FormatException(key)),
            RecordServer.Options, log.Collect);
        using HttpResponseMessage failed =
            await server.CallAsync("POST", "/statements", Json(Canary.Statement(1).ToJsonString()));
        Canary.RequireNoTrace("the answer", await failed.Content.ReadAsStringAsync());
        server.Store.Dispose();
        using HttpResponseMessage away = await server.CallAsync("GET", $"/statements?agent={Canary.Agent}");
        Canary.RequireNoTrace("the answer", await away.Content.ReadAsStringAsync());
        Assert.Multiple(() =>
        {
            Assert.That(failed.StatusCode, Is.EqualTo(HttpStatusCode.InternalServerError));
            Assert.That(log.Text, Does.Contain(nameof(InvalidOperationException)).And.Contain(nameof(FormatException)));
            Assert.That(log.Text, Does.Contain(nameof(RecordIntake)), "where it happened");
        });
    }

    [Test]
    public void WhatADatabaseQuotesIsNotWrittenDown()
    {
        PostgresException quoting = new(
            $"invalid input syntax: {Canary.Text}", "ERROR", "ERROR", "22021", detail: $"Key (id)=({Canary.Name})");
        string fault = FaultText.Of(new InvalidOperationException(Canary.Text, quoting));
        Canary.RequireNoTrace("the text of a fault", fault);
        Assert.That(fault, Does.Contain("PostgresException 22021"));
    }

    [Test]
    public async Task ErrorsOfOthersTellNothingOfTheLearnerAsync()
    {
        await using RecordServer server = await StartAsync();
        await server.StoreAsync(Canary.Statement(1));
        string taken = Statements.Statement(1, "another").ToJsonString();
        HttpResponseMessage[] answers =
        [
            await server.CallAsync("POST", "/statements", Json(taken), RecordServer.As("bookroll", "other")),
            await server.CallAsync(
                "GET", $"/statements?statementId={Statements.Id(1)}", null, RecordServer.As("writer", "w")),
            await server.CallAsync("GET", "/statements", null, RecordServer.As("nobody", "x")),
            await server.CallAsync("POST", "/statements", Json(taken), RecordServer.As("reader", "r")),
        ];
        foreach (HttpResponseMessage answer in answers)
        {
            Assert.That(answer.IsSuccessStatusCode, Is.False);
            Canary.RequireNoTrace($"answer {answer.StatusCode}", await answer.Content.ReadAsStringAsync());
        }
    }

    [TestCase(LinkKind.ForwardXapi, 500)]
    [TestCase(LinkKind.ForwardXapi, 400)]
    [TestCase(LinkKind.ForwardXapi, 401)]
    [TestCase(LinkKind.PullXapi, 500)]
    [TestCase(LinkKind.PullXapi, 200)]
    [TestCase(LinkKind.PullXapi, 403)]
    public async Task WhatAnotherStoreAnswersIsNotLoggedAsync(LinkKind kind, int status)
    {
        await using FakeServer other = await FakeServer.StartAsync(context =>
        {
            context.Response.StatusCode = status;
            return context.Response.WriteAsync($"{{\"statements\":[{{\"{Canary.Mark}\":\"{Canary.Text}");
        });
        using ILoggerFactory loggers = LoggerFactory.Create(log.Collect);
        using LinkRig rig = new(kind, other.Address + "/xapi") { Log = loggers.CreateLogger("links") };
        rig.Store.AddAll([Statements.Read(Canary.Statement(1).ToJsonString())], "moodle");
        await using LinkSet links = rig.Start();
        await UntilAsync(
            () => rig.Progress.FailingSince is not null || rig.Progress.Cursor.Length > 0, "the link did nothing");
        Canary.RequireNoTrace("what the link shows as its error", rig.Progress.LastError ?? "");
    }

    [Test]
    public void WhatIsImportedIsToldToTheImporterAlone()
    {
        using StoreFolder folder = new();
        using RecordStore store = folder.Open();
        JsonObject wrong = Canary.Statement(2);
        wrong["actor"]!["mbox"] = Canary.Mailbox;
        string[] lines = [Canary.Statement(1).ToJsonString(), wrong.ToJsonString(), Canary.Text];
        LinesResult result = new LineImport(new RecordIntake(store, folder.Clock, static _ => true)).Take(
            [.. lines.Select(static (line, at) => ((ulong)at, (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(line)))],
            bookRoll: null);
        Assert.That((result.Added, result.Refused.Count), Is.EqualTo((1, 2)));
    }

    private static async Task SendRawAsync(RecordServer server, string request)
    {
        using CancellationTokenSource patience = new(Patience);
        using TcpClient caller = new();
        await caller.ConnectAsync(server.Address.Host, server.Address.Port, patience.Token);
        await caller.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request), patience.Token);
        using StreamReader answer = new(caller.GetStream());
        Assert.That(await answer.ReadToEndAsync(patience.Token), Does.StartWith("HTTP/1.1 "));
    }

    private static async Task UntilAsync(Func<bool> holds, string otherwise)
    {
        using CancellationTokenSource limit = new(Patience);
        using PeriodicTimer look = new(TimeSpan.FromMilliseconds(10));
        while (!holds())
        {
            Assert.That(limit.IsCancellationRequested, Is.False, otherwise);
            await look.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    private Task<RecordServer> StartAsync() =>
        RecordServer.StartAsync(static _ => true, RecordServer.Options, log.Collect);
}
