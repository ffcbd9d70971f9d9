using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Google.Protobuf;
using Grpc.Core;
using Ledger.Client.Keys;
using Ledger.Client.Nodes;
using Ledger.Client.Protos;
using Ledger.Primitives;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Ledger.Client.Tests.Nodes;

/// <summary>A node's API over TLS on a free port, which answers what a test tells it to.</summary>
internal sealed class FakeNode : LedgerNode.LedgerNodeBase, IAsyncDisposable
{
    private readonly List<byte[]> challenges = [];
    private readonly byte[] institution = Enumerable.Repeat((byte)9, 32).ToArray();
    private X509Certificate2? certificate;
    private WebApplication? application;

    public Hash256 ChainId { get; init; } = TaggedHash.Of(Tags.Genesis, "fake"u8);

    /// <summary>Statuses that the next calls fail with, one each.</summary>
    public Queue<Status> Failures { get; } = new();

    /// <summary>What the node tells of state and events.</summary>
    public FakeInspection Inspection { get; } = new();

    public int ChallengesGiven { get; private set; }

    public List<byte[]> Submitted { get; } = [];

    public static async Task<FakeNode> StartAsync(Hash256? chainId = null)
    {
        FakeNode node = chainId is { } named ? new FakeNode { ChainId = named } : new FakeNode();
        node.certificate = MakeCertificate();
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            listen.Protocols = HttpProtocols.Http2;
            listen.UseHttps(node.certificate);
        }));
        builder.Services.AddSingleton(node).AddSingleton(node.Inspection).AddGrpc();
        node.application = builder.Build();
        node.application.MapGrpcService<FakeNode>();
        node.application.MapGrpcService<FakeInspection>();
        await node.application.StartAsync();
        return node;
    }

    public string Uri => application!.Urls.Single();

    public string Pin =>
        Convert.ToHexStringLower(SHA256.HashData(certificate!.PublicKey.ExportSubjectPublicKeyInfo()));

    public LedgerClient Connect(CallerIdentity? caller, string? pin = null) =>
        NodeEndpoint.TryParse(Uri, pin ?? Pin, out NodeEndpoint? endpoint, out string problem)
            ? new LedgerClient(endpoint, TaggedHash.Of(Tags.Genesis, "fake"u8), caller)
            : throw new InvalidOperationException(problem);

    /// <summary>Forgets what a node that is started again has forgotten.</summary>
    public void Restart() => challenges.Clear();

    public override Task<NodeStatus> GetStatus(StatusRequest request, ServerCallContext context)
    {
        FailIfTold();
        return Task.FromResult(new NodeStatus { Height = 7 });
    }

    public override Task<Challenge> GetChallenge(ChallengeRequest request, ServerCallContext context)
    {
        byte[] challenge = RandomNumberGenerator.GetBytes(32);
        challenges.Add(challenge);
        ChallengesGiven++;
        return Task.FromResult(new Challenge
        {
            Challenge_ = ByteString.CopyFrom(challenge),
            Node = ByteString.CopyFrom(institution),
            ChainId = ByteString.CopyFrom(ChainId.ToArray()),
        });
    }

    public override Task<Outcome> Submit(SubmitRequest request, ServerCallContext context)
    {
        Submitted.Add(request.Transaction.ToByteArray());
        FailIfTold();
        return Task.FromResult(new Outcome { State = OutcomeState.Decided });
    }

    public override Task<LearnerView> GetLearner(AddressRequest request, ServerCallContext context)
    {
        Address caller = Authenticate(context);
        FailIfTold();
        return Task.FromResult(new LearnerView { Address = ByteString.CopyFrom(caller.ToArray()) });
    }

    public async ValueTask DisposeAsync()
    {
        await application!.StopAsync(new CancellationToken(canceled: true));
        await application.DisposeAsync();
        certificate?.Dispose();
    }

    private Address Authenticate(ServerCallContext context)
    {
        byte[] entry = context.RequestHeaders.GetValueBytes("ledger-caller-bin")
            ?? throw new RpcException(new Status(StatusCode.Unauthenticated, "no proof"));
        CallerProof proof = CallerProof.Parser.ParseFrom(entry);
        HashBuilder signed = new("ledger/v1/caller"u8, stackalloc byte[HashBuilder.ScratchBytes]);
        signed.Add(ChainId);
        signed.Add(institution);
        signed.Add(proof.Challenge.Span);
        bool isRight = challenges.Any(one => proof.Challenge.Span.SequenceEqual(one))
            && Ed25519Verifier.Instance.Verify(
                new PublicKeyBytes(proof.PublicKey.Span), signed.Finish(), proof.Signature.Span);
        return isRight ? new Address(proof.Address.Span)
            : throw new RpcException(new Status(StatusCode.Unauthenticated, "wrong proof"));
    }

    private void FailIfTold()
    {
        if (Failures.TryDequeue(out Status status))
        {
            throw new RpcException(status);
        }
    }

    private static X509Certificate2 MakeCertificate()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=node", key, HashAlgorithmName.SHA256);

        // Long expired: the pin alone counts.
        using X509Certificate2 made = request.CreateSelfSigned(
            new DateTimeOffset(2001, 1, 1, 0, 0, 0, TimeSpan.Zero),
                new DateTimeOffset(2002, 1, 1, 0, 0, 0, TimeSpan.Zero));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }
}
