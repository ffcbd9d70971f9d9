using System.Net;
using System.Net.Sockets;
using System.Text;
using Ledger.Node.Records;
using Ledger.Node.Tests.Records.Xapi;
using static Ledger.Node.Tests.Records.Xapi.XapiCalls;

namespace Ledger.Node.Tests.Records.Http;

/// <summary>How long bodies may be: settable, and off for a credential that says so.</summary>
public sealed class BodyLimitTests
{
    private const int BytesMax = 4_096;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private RecordServer server = null!;

    [SetUp]
    public async Task StartAsync() => server = await RecordServer.StartAsync(
        RecordServer.Options with { Limits = new RequestLimits { BodyBytes = BytesMax } });

    [TearDown]
    public async Task StopAsync() => await server.DisposeAsync();

    [Test]
    public async Task ABodyBeyondTheSettingIsRefusedAndNothingOfItStoredAsync()
    {
        string list = Statements.List(1, 50).ToJsonString();
        Assert.That(list, Has.Length.GreaterThan(BytesMax));
        await (await server.CallAsync("POST", "/statements", Json(list)))
            .ExpectAsync(HttpStatusCode.RequestEntityTooLarge, "", "json.size");
        Assert.That(server.Store.FindStatement(Statements.Id(1), isVoided: false), Is.Null);
    }

    [Test]
    public async Task AKeyWithoutLimitsSendsUpToTheCeilingAsync()
    {
        string list = Statements.List(1, 50).ToJsonString();
        string padded = list + new string(' ', RecordIntake.BodyBytesMax);
        using HttpResponseMessage taken =
            await server.CallAsync("POST", "/statements", Json(padded), RecordServer.As("importer", "i"));
        Assert.That(taken.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        string tooLong = list + new string(' ', RequestLimits.BodyBytesCeiling);
        await (await server.CallAsync("POST", "/statements", Json(tooLong), RecordServer.As("importer", "i")))
            .ExpectAsync(HttpStatusCode.RequestEntityTooLarge, "", "json.size");
    }

    /// <summary>Announcing is free; only what arrives may cost memory.</summary>
    [Test]
    public async Task ABodyThatIsOnlyAnnouncedSetsNoMemoryAsideAsync()
    {
        const int Announcing = 32;
        TcpClient[] callers = [.. Enumerable.Range(0, Announcing).Select(_ => new TcpClient())];
        try
        {
            await AnnounceAsync(callers[0]);
            long before = GC.GetTotalAllocatedBytes(precise: true);
            foreach (TcpClient caller in callers[1..])
            {
                await AnnounceAsync(caller);
            }

            long setAside = GC.GetTotalAllocatedBytes(precise: true) - before;
            Assert.That(setAside, Is.LessThan(MultipartBody.BytesMax), "bytes of memory for bodies that never came");
        }
        finally
        {
            Array.ForEach(callers, static caller => caller.Dispose());
        }
    }

    // The server asks for the body once it waits for it: by then it has set aside what it sets aside.
    private async Task AnnounceAsync(TcpClient caller)
    {
        using CancellationTokenSource patience = new(Patience);
        await caller.ConnectAsync(server.Address.Host, server.Address.Port, patience.Token);
        NetworkStream stream = caller.GetStream();
        string head = "POST /xAPI/statements HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n"
            + $"Authorization: {RecordServer.Credentials}\r\n{XapiVersions.Header}: 1.0.3\r\n"
            + $"Content-Type: multipart/mixed; boundary=x\r\nContent-Length: {MultipartBody.BytesMax}\r\n\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head), patience.Token);
        byte[] answer = new byte[64];
        int length = await stream.ReadAsync(answer, patience.Token);
        Assert.That(Encoding.ASCII.GetString(answer, 0, length), Does.StartWith("HTTP/1.1 100"));
    }
}
