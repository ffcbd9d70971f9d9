using Ledger.Node.Protos;
using Ledger.Primitives;

namespace Ledger.Node.Peers;

/// <summary>What the node does with what peers say.</summary>
public interface IPeerHandler
{
    /// <summary>An institution has proved that a TLS key is its own, and may speak from now on.</summary>
    void OnHello(Address from);

    /// <summary>
    /// A frame from a peer that proved who it is. Called in the order of sending, one at a time for each stream.
    /// </summary>
    ValueTask OnFrameAsync(Address from, Frame frame, CancellationToken cancellation);
}
