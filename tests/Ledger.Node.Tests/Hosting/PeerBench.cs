using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Security;
using System.Threading.Channels;
using Grpc.Core;
using Grpc.Net.Client;
using Ledger.Client.Keys;
using Ledger.Node.Hosting;
using Ledger.Node.Peers;
using Ledger.Node.Protos;
using Ledger.Primitives;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging.Abstractions;

namespace Ledger.Node.Tests.Hosting;

/// <summary>A peer port on a free port of this machine, one validator that may call it, and strangers.</summary>
internal sealed class PeerBench : IPeerDirectory, IPeerHandler, ISnapshotPort, IAsyncDisposable
{
    private static readonly Hash256 ChainId = TaggedHash.Of(Tags.Genesis, "doors"u8);

    private readonly SigningKey identity = SigningKey.Create();
    private readonly TlsIdentity own = NewTls();
    private readonly TlsIdentity validator = NewTls();
    private readonly PeerNetwork network;
    private readonly WebApplication application;
    private readonly Channel<Frame> heard = Channel.CreateUnbounded<Frame>();

    private PeerBench()
    {
        PeerCredentials credentials = new(ChainId, own, new TlsBinding(), Ed25519Verifier.Instance);
        PeerClocks clocks = new(TimeProvider.System, NullLogger.Instance);
        network = new PeerNetwork(this, credentials, clocks, NullLoggerFactory.Instance);
        PeerService service = new(credentials, this, new PeerAdmissions(), clocks, network, this, this);
        application = PeerServer.Build(
            new IPEndPoint(IPAddress.Loopback, 0), own, service, Gate, NullLoggerFactory.Instance);
    }

    public PeerGate Gate { get; } = new(TimeProvider.System);

    public IPEndPoint EndPoint { get; private set; } = null!;

    /// <summary>Frames of the validator.</summary>
    public ChannelReader<Frame> Heard => heard.Reader;

    public IReadOnlyList<PeerEntry> Validators => [];

    public static async Task<PeerBench> StartAsync()
    {
        PeerBench bench = new();
        await bench.application.StartAsync();
        bench.EndPoint = IPEndPoint.Parse(new Uri(bench.application.Urls.Single()).Authority);
        return bench;
    }

    public static TlsIdentity NewTls() =>
        TlsIdentity.Load(TlsIdentity.Generate("test", TimeProvider.System.GetUtcNow()));

    /// <summary>A handler of one connection with a certificate.</summary>
    [SuppressMessage("Security", "CA5359", Justification = "Whom strangers call does not matter to them.")]
    public static SocketsHttpHandler HandlerOf(TlsIdentity tls) => new()
    {
        EnableMultipleHttp2Connections = false,
        SslOptions = new SslClientAuthenticationOptions
        {
            LocalCertificateSelectionCallback = (_, _, _, _, _) => tls.Certificate,
            RemoteCertificateValidationCallback = static (_, _, _, _) => true,
        },
    };

    /// <summary>The validator's channel.</summary>
    public GrpcChannel CallAsValidator() => GrpcChannel.ForAddress(
        $"https://{EndPoint}", new GrpcChannelOptions { HttpHandler = HandlerOf(validator) });

    /// <summary>What the validator says first.</summary>
    public HelloRequest Greeting() => new()
    {
        ChainId = Google.Protobuf.ByteString.CopyFrom(ChainId.ToArray()),
        Binding = TlsBindingRules.Create(ChainId, identity.Address, 1, validator.KeyHash, identity.Sign),
    };

    /// <summary>The validator connects, says hello and sends a frame, which is heard.</summary>
    public async Task RequireOpenAsync(TimeSpan patience)
    {
        using GrpcChannel channel = CallAsValidator();
        Peer.PeerClient client = new(channel);
        await client.HelloAsync(Greeting()).ResponseAsync.WaitAsync(patience);
        using AsyncClientStreamingCall<Frame, DeliverReply> call = client.Deliver();
        await call.RequestStream.WriteAsync(new Frame { BlockRequest = new BlockRequest { FromHeight = 1 } })
            .WaitAsync(patience);
        await heard.Reader.ReadAsync().AsTask().WaitAsync(patience);
    }

    public PeerEntry? Find(Address institution) => institution == identity.Address
        ? new PeerEntry(institution, "Validator", identity.PublicKey, null, 0)
        : null;

    public bool IsAdmitted(Address institution) => institution == identity.Address;

    public void OnHello(Address from)
    {
    }

    public ValueTask OnFrameAsync(Address from, Frame frame, CancellationToken cancellation) =>
        heard.Writer.WriteAsync(frame, cancellation);

    public HeaderReply Headers(HeaderRequest request) => new();

    public SnapshotList Offers(Address from, SnapshotListRequest request) => new();

    public SnapshotPiece Piece(Address from, SnapshotPieceRequest request) => new();

    public async ValueTask DisposeAsync()
    {
        await application.StopAsync(new CancellationToken(canceled: true));
        await application.DisposeAsync();
        await network.DisposeAsync();
        own.Dispose();
        validator.Dispose();
        identity.Dispose();
    }
}
