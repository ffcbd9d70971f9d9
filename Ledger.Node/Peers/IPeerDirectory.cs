using Ledger.Primitives;

namespace Ledger.Node.Peers;

/// <summary>Who the peers are, by the newest state and the configured bootstrap addresses.</summary>
public interface IPeerDirectory
{
    /// <summary>An institution that may connect, or null.</summary>
    PeerEntry? Find(Address institution);

    /// <summary>Whether the ledger admits an institution now.</summary>
    bool IsAdmitted(Address institution);

    /// <summary>
    /// The institutions whose nodes this node keeps a connection to: the validators, itself left out.
    /// </summary>
    IReadOnlyList<PeerEntry> Validators { get; }
}
