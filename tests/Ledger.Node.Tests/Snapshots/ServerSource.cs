using Ledger.Node.Protos;
using Ledger.Node.Snapshots;

namespace Ledger.Node.Tests.Snapshots;

/// <summary>A peer in the same process; what it says can be changed on the way.</summary>
internal sealed class ServerSource(string name, SnapshotServer server) : ISnapshotSource
{
    public string Name => name;

    /// <summary>Pieces that it was asked for.</summary>
    public int Pieces { get; private set; }

    public Func<HeaderRequest, HeaderReply, HeaderReply> OnHeaders { get; set; } = (_, reply) => reply;

    public Func<SnapshotList, SnapshotList> OnOffers { get; set; } = list => list;

    public Func<SnapshotPieceRequest, SnapshotPiece?, Task<SnapshotPiece?>> OnPiece { get; set; } =
        (_, piece) => Task.FromResult(piece);

    public Task<HeaderReply> HeadersAsync(HeaderRequest request, CancellationToken cancellation) =>
        Task.FromResult(OnHeaders(request, server.Headers(request)));

    public Task<SnapshotList> OffersAsync(SnapshotListRequest request, CancellationToken cancellation) =>
        Task.FromResult(OnOffers(server.Offers(request)));

    public async Task<SnapshotPiece> PieceAsync(SnapshotPieceRequest request, CancellationToken cancellation)
    {
        Pieces++;
        return await OnPiece(request, server.Piece(request))
            ?? throw new PeerUnavailableException("this node does not hold that of a snapshot");
    }
}
