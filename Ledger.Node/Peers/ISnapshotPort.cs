using Ledger.Node.Protos;
using Ledger.Primitives;

namespace Ledger.Node.Peers;

/// <summary>
/// What the peer port answers to those who fetch headers and snapshots. Every method throws
/// <see cref="Grpc.Core.RpcException"/> where it has no answer.
/// </summary>
public interface ISnapshotPort
{
    /// <summary>Certified headers, for anybody.</summary>
    HeaderReply Headers(HeaderRequest request);

    /// <summary>The snapshots that an admitted institution can fetch.</summary>
    SnapshotList Offers(Address from, SnapshotListRequest request);

    /// <summary>A piece of a snapshot for an admitted institution.</summary>
    SnapshotPiece Piece(Address from, SnapshotPieceRequest request);
}
