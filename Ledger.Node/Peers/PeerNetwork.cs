using Ledger.Node.Protos;
using Ledger.Primitives;

namespace Ledger.Node.Peers;

/// <summary>The links to all validators; follows the directory as sets change.</summary>
public sealed class PeerNetwork(
    IPeerDirectory directory, PeerCredentials credentials, PeerClocks clocks, ILoggerFactory loggers) : IAsyncDisposable
{
    private readonly Lock gate = new();
    private readonly SortedDictionary<Address, PeerLink> links = [];
    private bool disposed;

    /// <summary>How many peers are connected.</summary>
    public int Connected
    {
        get
        {
            lock (gate)
            {
                return links.Values.Count(link => link.IsConnected);
            }
        }
    }

    /// <summary>Opens links to validators that are new. Called at the start and after each change of the set.</summary>
    public void Refresh()
    {
        lock (gate)
        {
            foreach (PeerEntry peer in directory.Validators)
            {
                if (!disposed && !links.ContainsKey(peer.Address))
                {
                    links[peer.Address] = new PeerLink(
                        peer.Address, directory, credentials, clocks, loggers.CreateLogger("peers"));
                }
            }
        }
    }

    /// <summary>Queues a frame for one peer; nothing happens when it is not connected.</summary>
    public void Send(Address peer, Frame frame, FrameQueue queue)
    {
        lock (gate)
        {
            if (links.TryGetValue(peer, out PeerLink? link))
            {
                link.Send(frame, queue);
            }
        }
    }

    /// <summary>Queues a frame for every peer.</summary>
    public void SendAll(Frame frame, FrameQueue queue)
    {
        lock (gate)
        {
            foreach (PeerLink link in links.Values)
            {
                link.Send(frame, queue);
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        PeerLink[] ending;
        lock (gate)
        {
            disposed = true;
            ending = [.. links.Values];
            links.Clear();
        }

        foreach (PeerLink link in ending)
        {
            await link.DisposeAsync();
        }
    }
}
