using Ledger.Node.Protos;

namespace Ledger.Node.Snapshots;

/// <summary>
/// A peer that headers and snapshots are fetched from. Nothing that it says is believed: each answer is checked against
/// what is known. Every method throws <see cref="PeerUnavailableException"/> where it has no answer.
/// </summary>
public interface ISnapshotSource
{
    /// <summary>For people.</summary>
    string Name { get; }

    /// <summary>Ends of epochs and a header.</summary>
    Task<HeaderReply> HeadersAsync(HeaderRequest request, CancellationToken cancellation);

    /// <summary>The snapshots that it offers.</summary>
    Task<SnapshotList> OffersAsync(SnapshotListRequest request, CancellationToken cancellation);

    /// <summary>A piece of one.</summary>
    Task<SnapshotPiece> PieceAsync(SnapshotPieceRequest request, CancellationToken cancellation);
}
