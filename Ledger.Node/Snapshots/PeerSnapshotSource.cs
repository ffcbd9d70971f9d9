using System.Net.Security;
using Grpc.Core;
using Grpc.Net.Client;
using Ledger.Node.Peers;
using Ledger.Node.Protos;

namespace Ledger.Node.Snapshots;

/// <summary>
/// A peer's port, called before this node knows the institutions of today. The caller proves who it is; whom it calls
/// does not matter, for each answer proves itself.
/// </summary>
public sealed class PeerSnapshotSource : ISnapshotSource, IDisposable
{
    private readonly PeerCredentials credentials;
    private readonly GrpcChannel channel;
    private readonly Protos.Peer.PeerClient client;
    private bool greeted;

    /// <summary>A source at a peer's URI. Nothing is called yet.</summary>
    public PeerSnapshotSource(Uri uri, PeerCredentials credentials)
    {
        Name = uri.Authority;
        this.credentials = credentials;
        channel = GrpcChannel.ForAddress(uri, new GrpcChannelOptions
        {
            HttpHandler = new SocketsHttpHandler
            {
                EnableMultipleHttp2Connections = false,
                ConnectTimeout = PeerLimits.HelloTimeout,
                KeepAlivePingDelay = TimeSpan.FromSeconds(5),
                KeepAlivePingTimeout = TimeSpan.FromSeconds(5),
                SslOptions = new SslClientAuthenticationOptions
                {
                    ClientCertificates = [credentials.Tls.Certificate],
                    LocalCertificateSelectionCallback = (_, _, _, _, _) => credentials.Tls.Certificate,
                    RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null,
                },
            },
            MaxReceiveMessageSize = PeerLimits.FrameBytesMax,
            MaxSendMessageSize = PeerLimits.FrameBytesMax,
        });
        client = new Protos.Peer.PeerClient(channel);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public Task<HeaderReply> HeadersAsync(HeaderRequest request, CancellationToken cancellation) =>
        AskAsync(() => client.GetHeadersAsync(request, cancellationToken: cancellation));

    /// <inheritdoc/>
    public async Task<SnapshotList> OffersAsync(SnapshotListRequest request, CancellationToken cancellation)
    {
        await GreetAsync(cancellation);
        return await AskAsync(() => client.ListSnapshotsAsync(request, cancellationToken: cancellation));
    }

    /// <inheritdoc/>
    public async Task<SnapshotPiece> PieceAsync(SnapshotPieceRequest request, CancellationToken cancellation)
    {
        await GreetAsync(cancellation);
        return await AskAsync(() => client.GetSnapshotPieceAsync(request, cancellationToken: cancellation));
    }

    /// <inheritdoc/>
    public void Dispose() => channel.Dispose();

    private async Task GreetAsync(CancellationToken cancellation)
    {
        if (!greeted)
        {
            await AskAsync(() => client.HelloAsync(credentials.Greeting(), cancellationToken: cancellation));
            greeted = true;
        }
    }

    private async Task<T> AskAsync<T>(Func<AsyncUnaryCall<T>> call)
    {
        try
        {
            return await call();
        }
        catch (RpcException problem)
        {
            // A peer that was started anew has forgotten the greeting.
            greeted = greeted && problem.StatusCode != StatusCode.Unauthenticated;
            throw new PeerUnavailableException(
                problem.Status.Detail, problem.StatusCode == StatusCode.ResourceExhausted);
        }
    }
}
