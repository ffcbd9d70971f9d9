using System.Net;
using Ledger.Node.Peers;
using Ledger.Primitives;

namespace Ledger.Node.Hosting;

/// <summary>A connection to the peer port, from its first byte on; a feature of the connection.</summary>
/// <param name="gate">Whose guest it is.</param>
/// <param name="origin">The network that it comes from.</param>
/// <param name="close">Closes it.</param>
public sealed class PeerGuest(PeerGate gate, IPAddress origin, Action<string> close) : IPeerConnection
{
    /// <summary>The network that it comes from.</summary>
    public IPAddress Origin => origin;

    /// <summary>The institution that it has been proved to be of, or null.</summary>
    public Address? Institution { get; internal set; }

    /// <inheritdoc/>
    public void Prove(Address institution) => gate.Prove(this, institution);

    /// <summary>Closes the connection; nothing happens where it is closed.</summary>
    internal void Close(string reason) => close(reason);
}
