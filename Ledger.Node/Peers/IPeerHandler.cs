using Ledger.Node.Protos;
using Ledger.Primitives;

namespace Ledger.Node.Peers;

/// <summary>What the node does with what peers say.</summary>
public interface IPeerHandler
{
    /// <summary>
    /// A frame from a peer that proved who it is. Called in the order of sending, one at a time for each peer.
    /// </summary>
    ValueTask OnFrameAsync(Address from, Frame frame, CancellationToken cancellation);
}
