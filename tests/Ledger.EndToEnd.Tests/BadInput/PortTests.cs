using System.Net;
using System.Net.Security;
using System.Text;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using Ledger.Client.Keys;
using Ledger.Client.Nodes;
using Ledger.Client.Protos;
using Ledger.Client.Transactions;
using Ledger.Contracts.Protos;
using Ledger.Devnet;
using Ledger.EndToEnd.Tests.Setup;
using Ledger.EndToEnd.Tests.Support;
using Ledger.Node.Protos;
using Outcome = Ledger.Client.Protos.Outcome;

namespace Ledger.EndToEnd.Tests.BadInput;

/// <summary>
/// What strangers and broken tools send to the three ports of a node that serves: it refuses by name, and goes on.
/// </summary>
public sealed class PortTests
{
    private const int Seed = 20260115;

    private DevnetNode node = null!;
    private Member member = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        node = (await DocumentedConsortium.SharedAsync()).Nodes[3];
        member = Member.Of([node])[0];
    }

    [OneTimeTearDown]
    public void Close() => member?.Dispose();

    [TearDown]
    public async Task The_node_still_decides_and_has_shown_no_stack_trace()
    {
        await member.DecideAsync([member.Key], Operations.Settle());
        NodeLogs.RequireNoStackTrace([node]);
    }

    [Test]
    public async Task Random_bytes_to_all_three_ports()
    {
        Random random = new(Seed);
        List<Task> sending = [];
        foreach (string port in new[] { node.Peer, node.Api, node.Lrs })
        {
            foreach (int size in new[] { 1, 100, 100_000 })
            {
                byte[] bytes = new byte[size];
                random.NextBytes(bytes);
                sending.Add(HostileBytes.SendAsync(port, bytes));
            }
        }

        await Task.WhenAll(sending);
    }

    [Test]
    public Task Plain_http_to_the_ports_that_speak_tls() => Task.WhenAll(
        HostileBytes.SendAsync(node.Peer, "GET / HTTP/1.1\r\nHost: x\r\n\r\n"u8.ToArray()),
        HostileBytes.SendAsync(node.Api, "GET / HTTP/1.1\r\nHost: x\r\n\r\n"u8.ToArray()));

    [Test]
    public async Task A_caller_without_a_certificate_gets_no_byte_from_the_peer_port()
    {
        byte[] preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8.ToArray();

        Assert.That(await HostileBytes.SendOverTlsAsync(node.Peer, preface), Is.False);
    }

    [Test]
    public async Task Http2_that_breaks_off_and_http2_that_is_none_on_the_api_port()
    {
        byte[] noise = new byte[4096];
        new Random(Seed).NextBytes(noise);

        await Task.WhenAll(
            HostileBytes.SendOverTlsAsync(node.Api, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8.ToArray()),
            HostileBytes.SendOverTlsAsync(node.Api, [.. "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8, .. noise]));
    }

    [Test]
    public async Task A_peer_with_a_key_of_nobody_is_refused()
    {
        using Ledger.Node.Peers.TlsIdentity stranger = Ledger.Node.Peers.TlsIdentity.Load(
            Ledger.Node.Peers.TlsIdentity.Generate("stranger", TimeProvider.System.GetUtcNow()));
        using SocketsHttpHandler handler = new()
        {
            SslOptions = new SslClientAuthenticationOptions
            {
                LocalCertificateSelectionCallback = (_, _, _, _, _) => stranger.Certificate,
                RemoteCertificateValidationCallback = static (_, _, _, _) => true,
            },
        };
        using GrpcChannel channel = GrpcChannel.ForAddress(
            "https://" + node.Peer, new GrpcChannelOptions { HttpHandler = handler });
        Peer.PeerClient client = new(channel);
        HelloRequest hello = new() { ChainId = ByteString.CopyFrom(member.ChainId.ToArray()) };

        using AsyncClientStreamingCall<Frame, DeliverReply> deliver = client.Deliver();

        Assert.That(
            await StatusAsync(client.HelloAsync(hello).ResponseAsync),
            Is.EqualTo(StatusCode.PermissionDenied),
            "no binding");
        Assert.That(
            await StatusAsync(client.HelloAsync(new HelloRequest()).ResponseAsync),
            Is.EqualTo(StatusCode.FailedPrecondition),
            "another chain");
        Assert.That(
            await StatusAsync(deliver.ResponseAsync),
            Is.EqualTo(StatusCode.Unauthenticated),
            "frames before a greeting");
    }

    [Test]
    public async Task An_oversized_transaction_and_one_cut_short_are_refused_by_name()
    {
        byte[] good = member.Sign([member.Key], Operations.Settle()).ToSignedBytes();

        Assert.That(await RefusalAsync(new byte[300 * 1024]), Does.Contain("OVERSIZED"));
        Assert.That(await RefusalAsync(good[..^1]), Does.Contain("NOT_CANONICAL").Or.Contain("WRONG_SIGNATURE"));
        Assert.That(await RefusalAsync([.. good[..^1], (byte)(good[^1] ^ 1)]), Does.Contain("WRONG_SIGNATURE"));
    }

    [Test]
    public async Task A_key_that_is_not_registered_is_refused_by_name()
    {
        using SigningKey unknown = SigningKey.Create();

        PendingTransaction transaction = member.Sign(
            [unknown], Operations.PublishEndpoint(EndpointKind.Box, "https://unknown.example"));
        Outcome outcome = await member.Client.SubmitAsync(
            transaction.ToSignedBytes(), wait: true, CancellationToken.None);
        using LedgerClient client = LocalConsortium.ClientOf(
            LocalConsortium.Ready(node)!, new CallerIdentity(unknown.Address, unknown));
        LedgerClientException refusal = (await Assert.ThrowsAsync<LedgerClientException>(
            () => client.ListInstitutionsAsync(new PageRequest(), CancellationToken.None)))!;

        Assert.That(outcome.Operations.Single().Result.Code, Is.EqualTo(ResultCode.NotRegistered));
        Assert.That(refusal.Message, Does.Contain("the key is not the one that this ledger holds"));
    }

    [Test]
    public async Task A_members_address_with_another_key_is_an_unknown_signer()
    {
        using SigningKey other = SigningKey.Create();
        TransactionBuilder builder = new(
            member.ChainId, TransactionBuilder.LastValidFor(TimeProvider.System.GetUtcNow()));
        builder.AddSigner(member.Address, other.PublicKey);
        PendingTransaction transaction = builder.AddGroup(0, Operations.Settle()).Build();
        transaction.AddSignature(other);

        Assert.That(await RefusalAsync(transaction.ToSignedBytes()), Does.Contain("UNKNOWN_SIGNER"));
    }

    [TestCase("no json", "json.syntax")]
    [TestCase("""{"actor":{"mbox":"mailto:jo@e.org"},"object":{"id":"urn:o"}}""", "verb")]
    [TestCase("""{"actor":{"mbox":"jo"},"verb":{"id":"urn:v"},"object":{"id":"urn:o"}}""", "/actor/mbox")]
    [TestCase("""{"actor":{"mbox":"mailto:jo@e.org"},"verb":{"id":"v"},"object":{"id":"urn:o"}}""", "/verb/id")]
    [TestCase(
        """{"id":"7","actor":{"mbox":"mailto:j@e.org"},"verb":{"id":"urn:v"},"object":{"id":"urn:o"}}""",
        "\"/id\"")]
    public async Task A_malformed_statement_is_answered_400_and_the_field_is_named(string json, string field)
    {
        using HttpResponseMessage answer = await Statements.PostAsync(node, json);
        string text = await answer.Content.ReadAsStringAsync();

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest), text);
        Assert.That(text, Does.Contain(field));
        Assert.That(text, Does.Not.Contain("   at "));
    }

    [Test]
    public async Task A_tool_without_the_stores_password_is_refused()
    {
        using HttpClient http = Statements.ClientOf(node);
        http.DefaultRequestHeaders.Authorization = new("Basic", Convert.ToBase64String("tools:guessed"u8));
        using StringContent content = new("[]", Encoding.UTF8, "application/json");

        using HttpResponseMessage answer = await http.PostAsync("/xAPI/statements", content);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    private static async Task<StatusCode> StatusAsync(Task call) =>
        (await Assert.ThrowsAsync<RpcException>(() => call))!.StatusCode;

    private async Task<string> RefusalAsync(byte[] transaction) => (await Assert.ThrowsAsync<LedgerClientException>(
        () => member.Client.SubmitAsync(transaction, wait: false, CancellationToken.None)))!.Message;
}
