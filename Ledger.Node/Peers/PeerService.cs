using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;
using Google.Protobuf;
using Grpc.Core;
using Ledger.Node.Protos;
using Ledger.Primitives;

namespace Ledger.Node.Peers;

/// <summary>The peer port: hears nothing from a caller before its TLS key is proved to be an institution's.</summary>
public sealed class PeerService(
    PeerCredentials credentials,
    IPeerDirectory directory,
    PeerAdmissions admissions,
    PeerClocks clocks,
    PeerNetwork network,
    IPeerHandler handler,
    ISnapshotPort snapshots) : Protos.Peer.PeerBase
{
    private readonly PeerStreams streams = new();

    /// <inheritdoc/>
    public override Task<HelloReply> Hello(HelloRequest request, ServerCallContext context)
    {
        if (!request.ChainId.Span.SequenceEqual(credentials.ChainId.ToArray()))
        {
            throw new RpcException(new Status(
                StatusCode.FailedPrecondition, $"another chain: this node is of {credentials.ChainId}"));
        }

        Hash256 keyHash = KeyHashOf(context);
        PeerEntry? peer = Address.TryRead((request.Binding?.Institution ?? ByteString.Empty).Span, out Address address)
            ? directory.Find(address)
            : null;
        string? refusal = TlsBindingRules.Check(
            request.Binding, credentials.ChainId, keyHash, peer, credentials.Verifier);
        if (refusal is not null)
        {
            throw new RpcException(new Status(StatusCode.PermissionDenied, refusal));
        }

        if (!admissions.Admit(keyHash, address, request.Binding!.Number))
        {
            throw new RpcException(new Status(
                StatusCode.PermissionDenied, "a binding with a higher number has been seen for this institution"));
        }

        NoteProved(context, address);
        network.OnCalledBy(address);
        handler.OnHello(address);
        return Task.FromResult(new HelloReply
        {
            ChainId = request.ChainId,
            Binding = credentials.Binding,
            TimeUnixMs = clocks.Now.ToUnixTimeMilliseconds(),
        });
    }

    /// <inheritdoc/>
    public override async Task<DeliverReply> Deliver(IAsyncStreamReader<Frame> requestStream, ServerCallContext context)
    {
        Address from = admissions.Find(KeyHashOf(context))
            ?? throw new RpcException(new Status(StatusCode.Unauthenticated, "say Hello first"));
        NoteProved(context, from);
        await streams.RunAsync(from, ending => ReadAsync(from, requestStream, ending), context.CancellationToken);
        return new DeliverReply();
    }

    /// <inheritdoc/>
    public override Task<HeaderReply> GetHeaders(HeaderRequest request, ServerCallContext context) =>
        Task.FromResult(snapshots.Headers(request));

    /// <inheritdoc/>
    public override Task<SnapshotList> ListSnapshots(SnapshotListRequest request, ServerCallContext context) =>
        Task.FromResult(snapshots.Offers(Admitted(context), request));

    /// <inheritdoc/>
    public override Task<SnapshotPiece> GetSnapshotPiece(SnapshotPieceRequest request, ServerCallContext context) =>
        Task.FromResult(snapshots.Piece(Admitted(context), request));

    private async Task ReadAsync(Address from, IAsyncStreamReader<Frame> frames, CancellationToken cancellation)
    {
        while (await frames.MoveNext(cancellation))
        {
            // Membership may end while the connection lasts.
            if (!directory.IsAdmitted(from))
            {
                throw new RpcException(new Status(StatusCode.PermissionDenied, "the ledger no longer admits you"));
            }

            await handler.OnFrameAsync(from, frames.Current, cancellation);
        }
    }

    // Bodies and state are for institutions that the registrar admits now, not for those that it once did.
    private Address Admitted(ServerCallContext context)
    {
        if (admissions.Find(KeyHashOf(context)) is not { } from || directory.Find(from) is null)
        {
            throw new RpcException(new Status(StatusCode.Unauthenticated, "say Hello first"));
        }

        NoteProved(context, from);
        return from;
    }

    // From now on the connection has a place of its own.
    private static void NoteProved(ServerCallContext context, Address institution) =>
        context.GetHttpContext().Features.Get<IPeerConnection>()?.Prove(institution);

    private static Hash256 KeyHashOf(ServerCallContext context)
    {
        X509Certificate2 certificate = context.GetHttpContext().Connection.ClientCertificate
            ?? throw new RpcException(new Status(StatusCode.Unauthenticated, "a TLS certificate is needed"));
        return TlsIdentity.HashOf(certificate);
    }
}
