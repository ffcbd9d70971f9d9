using Ledger.Node.Protos;
using Ledger.Primitives;

namespace Ledger.Node.Peers;

/// <summary>
/// The links to all validators, and to those that follow the ledger without a seat; follows the directory as sets
/// change.
/// </summary>
public sealed class PeerNetwork(IPeerDirectory directory, PeerCredentials credentials, ILoggerFactory loggers)
    : IAsyncDisposable
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
                        peer.Address, directory, credentials, loggers.CreateLogger("peers"));
                }
            }
        }
    }

    /// <summary>
    /// Opens a link back to an institution that has called and has no link: one without a seat that follows the ledger,
    /// or one with a seat of which this node's state does not know yet.
    /// </summary>
    public void Welcome(Address institution)
    {
        lock (gate)
        {
            if (!disposed
                && links.Count < PeerLimits.LinksMax
                && !links.ContainsKey(institution)
                && directory.Find(institution)?.Uri is not null)
            {
                links[institution] = new PeerLink(
                    institution, directory, credentials, loggers.CreateLogger("peers"));
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
