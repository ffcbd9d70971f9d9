using Ledger.Node.Peers;
using Ledger.Node.Snapshots;

namespace Ledger.Node.Hosting;

/// <summary>The other nodes: where they are, how this one proves itself to them, and the links to them.</summary>
internal sealed class NodePeers
{
    private readonly PeerCredentials credentials;
    private readonly PeerClocks clocks;
    private readonly SnapshotPort snapshots;

    /// <summary>Opens no link: the first refresh of the network does, once agreement runs.</summary>
    public NodePeers(NodeContext node, NodeStorage storage)
    {
        Directory = new LedgerPeerDirectory(node.Self, storage.Chain, node.Configuration.Bootstrap);
        credentials = NodeBeginning.Credentials(node.ChainId, storage.Chain, node.Secrets, node.Verifier);
        clocks = new PeerClocks(node.Time, node.Logger("clock"));
        Network = new PeerNetwork(Directory, credentials, clocks, node.Loggers);
        SnapshotPins pins = new(storage.Chain, node.Time);
        snapshots = new SnapshotPort(
            new SnapshotServer(storage.Chain, storage.Reader, storage.Database, pins), node.Time);
    }

    public LedgerPeerDirectory Directory { get; }

    public PeerNetwork Network { get; }

    /// <summary>What answers at the peer port.</summary>
    public PeerService ServiceOf(IPeerHandler frames) =>
        new(credentials, Directory, new PeerAdmissions(), clocks, Network, frames, snapshots);
}
