using System.Diagnostics;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Grpc.Core;
using Grpc.Net.Client;
using Ledger.Node.Protos;
using Ledger.Primitives;

namespace Ledger.Node.Peers;

/// <summary>
/// The way out to one peer: keeps a connection, proves both ends, and lets frames flow.
/// </summary>
public sealed class PeerLink : IAsyncDisposable
{
    private readonly Address peer;
    private readonly IPeerDirectory directory;
    private readonly PeerCredentials credentials;
    private readonly PeerClocks clocks;
    private readonly ILogger logger;
    private readonly CancellationTokenSource stopping = new();
    private readonly Task running;
    private readonly SemaphoreSlim heard = new(0, 1);
    private volatile FramePump? pump;
    private long lostAt = Stopwatch.GetTimestamp();

    /// <summary>Starts to call the peer.</summary>
    public PeerLink(
        Address peer, IPeerDirectory directory, PeerCredentials credentials, PeerClocks clocks, ILogger logger)
    {
        this.peer = peer;
        this.directory = directory;
        this.credentials = credentials;
        this.clocks = clocks;
        this.logger = logger;
        running = Task.Run(RunAsync);
    }

    /// <summary>Whether both ends have proved themselves and frames flow.</summary>
    public bool IsConnected => pump is not null;

    /// <summary>How long the peer has not been reached; zero while it is connected.</summary>
    public TimeSpan LostFor =>
        IsConnected ? TimeSpan.Zero : Stopwatch.GetElapsedTime(Interlocked.Read(ref lostAt));

    /// <summary>
    /// Sends a frame, or queues it behind others; when the peer is slow the oldest of its kind is dropped. Nothing
    /// happens while the peer is not connected.
    /// </summary>
    public void Send(Frame frame, FrameQueue queue) => pump?.Send(frame, queue);

    /// <summary>
    /// The peer has called and proved itself, so that it can be called: a pause before the next try ends. Otherwise a
    /// node that comes back would wait for the longest pause before it hears anybody.
    /// </summary>
    public void CallSoon()
    {
        lock (heard)
        {
            if (!IsConnected && heard.CurrentCount == 0)
            {
                heard.Release();
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await running;
        heard.Dispose();
        stopping.Dispose();
    }

    private async Task RunAsync()
    {
        TimeSpan pause = PeerLimits.ReconnectFirst;
        string lastProblem = string.Empty;
        while (!stopping.IsCancellationRequested)
        {
            string problem = await ConnectOnceAsync();
            if (IsConnected)
            {
                Interlocked.Exchange(ref lostAt, Stopwatch.GetTimestamp());
                pump = null;
                pause = PeerLimits.ReconnectFirst;
            }

            if (problem != lastProblem && !stopping.IsCancellationRequested)
            {
                logger.LogInformation(
                    "peer {Peer}: {Problem}", directory.Find(peer)?.Name ?? peer.ToShortString(), problem);
                lastProblem = problem;
            }

            await PauseAsync(pause);
            pause = TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, PeerLimits.ReconnectMax.Ticks));
        }
    }

    private async Task PauseAsync(TimeSpan pause)
    {
        try
        {
            // The first pause is always kept, so that a peer cannot make this node call faster than that.
            await Task.Delay(PeerLimits.ReconnectFirst, stopping.Token);
            if (pause > PeerLimits.ReconnectFirst)
            {
                await heard.WaitAsync(pause - PeerLimits.ReconnectFirst, stopping.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // Stopping: the loop ends by itself.
        }
    }

    private async Task<string> ConnectOnceAsync()
    {
        PeerEntry? entry = directory.Find(peer);
        if (entry?.Uri is null)
        {
            return "no address is known";
        }

        try
        {
            KeyWitness witness = new();
            using GrpcChannel channel = Open(entry.Uri, witness);
            Protos.Peer.PeerClient client = new(channel);
            (HelloReply reply, DateTimeOffset asked) = await GreetAsync(client, stopping.Token);
            string? refusal = witness.Seen is { } seen
                ? TlsBindingRules.Check(reply.Binding, credentials.ChainId, seen, entry, credentials.Verifier)
                : "the peer showed no certificate";
            if (refusal is not null)
            {
                return "refused: " + refusal;
            }

            witness.Pin();
            clocks.Note(peer, asked, reply.TimeUnixMs);
            return await DeliverAsync(client);
        }
        catch (RpcException problem)
        {
            return problem.Status.Detail;
        }
        catch (OperationCanceledException)
        {
            return "stopped";
        }
        catch (Exception problem)
        {
            // The link's edge: whatever the other side does, this node calls again.
            return problem.Message;
        }
    }

    // The reply, and when it was asked for.
    private async Task<(HelloReply Reply, DateTimeOffset Asked)> GreetAsync(
        Protos.Peer.PeerClient client, CancellationToken cancellation)
    {
        DateTimeOffset asked = clocks.Now;
        HelloReply reply = await client.HelloAsync(
            credentials.Greeting(),
            deadline: DateTime.UtcNow + PeerLimits.HelloTimeout,
            cancellationToken: cancellation);
        return (reply, asked);
    }

    private async Task<string> DeliverAsync(Protos.Peer.PeerClient client)
    {
        using AsyncClientStreamingCall<Frame, DeliverReply> call = client.Deliver(cancellationToken: stopping.Token);
        using CancellationTokenSource left = CancellationTokenSource.CreateLinkedTokenSource(stopping.Token);
        FramePump opened = new(call.RequestStream, stopping.Token);
        pump = opened;
        logger.LogInformation("peer {Peer}: connected", directory.Find(peer)?.Name);
        Task comparing = CompareClocksAsync(client, left.Token);
        try
        {
            await await Task.WhenAny(call.ResponseAsync, opened.Broken);
            return "the peer ended the connection";
        }
        finally
        {
            await left.CancelAsync();
            await comparing;
        }
    }

    private async Task CompareClocksAsync(Protos.Peer.PeerClient client, CancellationToken cancellation)
    {
        using PeriodicTimer timer = new(PeerLimits.ClockInterval);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellation))
            {
                (HelloReply reply, DateTimeOffset asked) = await GreetAsync(client, cancellation);
                clocks.Note(peer, asked, reply.TimeUnixMs);
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or RpcException)
        {
            // The connection has ended, or is about to; the next one compares again.
        }
    }

    private GrpcChannel Open(Uri uri, KeyWitness witness)
    {
        SocketsHttpHandler handler = new()
        {
            EnableMultipleHttp2Connections = false,
            ConnectTimeout = PeerLimits.HelloTimeout,
            KeepAlivePingDelay = TimeSpan.FromSeconds(5),
            KeepAlivePingTimeout = TimeSpan.FromSeconds(5),
            SslOptions = new SslClientAuthenticationOptions
            {
                ClientCertificates = [credentials.Tls.Certificate],
                LocalCertificateSelectionCallback = (_, _, _, _, _) => credentials.Tls.Certificate,
                RemoteCertificateValidationCallback = (_, certificate, _, _) =>
                    witness.Accept(certificate as X509Certificate2),
            },
        };
        return GrpcChannel.ForAddress(uri, new GrpcChannelOptions
        {
            HttpHandler = handler,
            MaxReceiveMessageSize = PeerLimits.FrameBytesMax,
            MaxSendMessageSize = PeerLimits.FrameBytesMax,
        });
    }

    /// <summary>
    /// Sees the server's TLS key at the first handshake, and holds later handshakes of the channel to it.
    /// </summary>
    private sealed class KeyWitness
    {
        private volatile bool pinned;

        public Hash256? Seen { get; private set; }

        public void Pin() => pinned = true;

        public bool Accept(X509Certificate2? certificate)
        {
            if (certificate is null)
            {
                return false;
            }

            Hash256 hash = TlsIdentity.HashOf(certificate);
            if (pinned)
            {
                return Seen == hash;
            }

            Seen = hash;
            return true;
        }
    }
}
