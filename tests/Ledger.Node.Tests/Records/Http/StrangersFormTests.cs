using System.Net;
using System.Net.Sockets;
using System.Text;
using Ledger.Node.Records;
using Ledger.Node.Tests.Records.Xapi;
using static Ledger.Node.Tests.Records.Xapi.XapiCalls;

namespace Ledger.Node.Tests.Records.Http;

/// <summary>A form says inside who sends it; until it has, little of it is read.</summary>
public sealed class StrangersFormTests : XapiFixture
{
    /// <summary>More than is read of a form that has not shown who sends it.</summary>
    private const int Long = 200_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly (string, string?)[] Nobody = [("Authorization", null), (XapiVersions.Header, null)];

    [Test]
    public async Task ALongFormIsTakenWhereItsBeginningShowsWhoSendsItAsync()
    {
        string form = $"Authorization={Escaped(RecordServer.Credentials)}&X-Experience-API-Version=1.0.3&{Content()}";
        HttpResponseMessage answer = await PutAsync(form);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
    }

    [TestCase("Authorization=Basic%20bm9ib2R5Om5vdGhpbmc%3D&")]
    [TestCase("")]
    public async Task ALongFormOfWhichTheBeginningShowsNobodyIsRefusedAsync(string beginning)
    {
        HttpResponseMessage answer = await PutAsync(
            $"{beginning}{Content()}&Authorization={Escaped(RecordServer.Credentials)}");
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    /// <summary>The answer comes while most of the form is still to be sent.</summary>
    [Test]
    public async Task TheRestOfAStrangersFormIsNotWaitedForAsync()
    {
        using CancellationTokenSource patience = new(Patience);
        using TcpClient caller = new();
        await caller.ConnectAsync(Server.Address.Host, Server.Address.Port, patience.Token);
        NetworkStream stream = caller.GetStream();
        string head = "POST /xAPI/statements?method=PUT HTTP/1.1\r\nHost: x\r\n"
            + "Content-Type: application/x-www-form-urlencoded\r\n"
            + $"Content-Length: {RecordIntake.BodyBytesMax}\r\n\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head + "content=" + new string('a', Long)), patience.Token);
        byte[] answer = new byte[64];
        int length = await stream.ReadAsync(answer, patience.Token);
        Assert.That(Encoding.ASCII.GetString(answer, 0, length), Does.StartWith("HTTP/1.1 401"));
    }

    private Task<HttpResponseMessage> PutAsync(string form) => Server.CallAsync(
        "POST", "/statements?method=PUT", XapiCalls.Content(form, "application/x-www-form-urlencoded"), Nobody);

    private static string Content()
    {
        System.Text.Json.Nodes.JsonObject statement = Statements.Statement(1);
        statement["result"] = new System.Text.Json.Nodes.JsonObject { ["response"] = new string('a', Long) };
        return $"statementId={Statements.Id(1)}&content={Escaped(statement.ToJsonString())}";
    }
}
