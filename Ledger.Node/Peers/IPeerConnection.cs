using Ledger.Primitives;

namespace Ledger.Node.Peers;

/// <summary>A connection to the peer port.</summary>
public interface IPeerConnection
{
    /// <summary>The caller has proved to be an institution's node.</summary>
    void Prove(Address institution);
}
