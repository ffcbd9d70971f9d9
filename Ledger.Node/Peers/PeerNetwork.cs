using Ledger.Node.Protos;
using Ledger.Primitives;

namespace Ledger.Node.Peers;

/// <summary>
/// The links to all validators, and to members whose nodes follow without a seat. Followers hear statuses and what they
/// ask for, and nothing of agreement, so that their number costs the validators little. Follows the directory as sets
/// change.
/// </summary>
public sealed class PeerNetwork(
    IPeerDirectory directory, PeerCredentials credentials, PeerClocks clocks, ILoggerFactory loggers) : IAsyncDisposable
{
    private readonly Lock gate = new();
    private readonly SortedDictionary<Address, PeerLink> links = [];
    private readonly SortedDictionary<Address, PeerLink> followers = [];
    private readonly List<Task> endings = [];
    private bool disposed;
    private ulong consensusMessages;

    /// <summary>How many validators are connected.</summary>
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

    /// <summary>Messages of agreement that were queued for peers, one for each receiver.</summary>
    public ulong ConsensusMessages
    {
        get
        {
            lock (gate)
            {
                return consensusMessages;
            }
        }
    }

    /// <summary>Whether any node without a seat listens.</summary>
    public bool HasFollowers
    {
        get
        {
            lock (gate)
            {
                return followers.Count > 0;
            }
        }
    }

    /// <summary>Whether frames flow to an institution's node.</summary>
    public bool IsConnected(Address institution)
    {
        lock (gate)
        {
            return FindLink(institution) is { IsConnected: true };
        }
    }

    /// <summary>Whether an institution has a seat, as far as the links go.</summary>
    public bool IsValidator(Address institution)
    {
        lock (gate)
        {
            return links.ContainsKey(institution);
        }
    }

    /// <summary>
    /// Opens links to validators that are new, makes followers of those whose seat has ended, and leaves those whom the
    /// ledger no longer admits. Called at the start, and after each block that changes the set or ends a membership.
    /// </summary>
    public void Refresh()
    {
        lock (gate)
        {
            if (disposed)
            {
                return;
            }

            SortedSet<Address> seats = [.. directory.Validators.Select(peer => peer.Address)];
            foreach (Address validator in seats.Where(validator => !links.ContainsKey(validator)))
            {
                links[validator] = followers.Remove(validator, out PeerLink? known) ? known : Open(validator);
            }

            foreach (Address former in links.Keys.Where(address => !seats.Contains(address)).ToArray())
            {
                links.Remove(former, out PeerLink? link);
                followers[former] = link!;
            }

            foreach (Address left in followers.Keys.Where(address => !directory.IsAdmitted(address)).ToArray())
            {
                Leave(left);
            }
        }
    }

    /// <summary>
    /// Opens a link to a member without a seat, whose node has shown itself or is needed. Nothing happens where its
    /// address is not known, or where there are too many.
    /// </summary>
    public void Follow(Address institution)
    {
        lock (gate)
        {
            bool isNew = !disposed && FindLink(institution) is null;
            if (isNew && directory.Find(institution) is { Uri: not null } && HasRoom())
            {
                followers[institution] = Open(institution);
            }
        }
    }

    /// <summary>Leaves followers that have not been reached for a while. Called now and then.</summary>
    public void Prune()
    {
        lock (gate)
        {
            foreach ((Address address, PeerLink link) in followers.ToArray())
            {
                if (link.LostFor > PeerLimits.FollowerPatience)
                {
                    Leave(address);
                }
            }

            endings.RemoveAll(ending => ending.IsCompleted);
        }
    }

    /// <summary>Queues a frame for one peer; nothing happens when it is not connected.</summary>
    public void Send(Address peer, Frame frame, FrameQueue queue)
    {
        lock (gate)
        {
            if (FindLink(peer) is { } link)
            {
                Queue(link, frame, queue);
            }
        }
    }

    /// <summary>A peer has called and proved itself: it is called back without a long pause.</summary>
    public void OnCalledBy(Address peer)
    {
        lock (gate)
        {
            if (links.TryGetValue(peer, out PeerLink? link))
            {
                link.CallSoon();
            }
        }
    }

    /// <summary>Queues a frame for every validator.</summary>
    public void SendAll(Frame frame, FrameQueue queue)
    {
        lock (gate)
        {
            foreach (PeerLink link in links.Values)
            {
                Queue(link, frame, queue);
            }
        }
    }

    /// <summary>Queues a frame for every follower.</summary>
    public void SendFollowers(Frame frame, FrameQueue queue)
    {
        lock (gate)
        {
            foreach (PeerLink link in followers.Values)
            {
                Queue(link, frame, queue);
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Task[] ending;
        lock (gate)
        {
            disposed = true;
            ending =
            [
                .. endings,
                .. links.Values.Concat(followers.Values).Select(link => link.DisposeAsync().AsTask()),
            ];
            links.Clear();
            followers.Clear();
            endings.Clear();
        }

        await Task.WhenAll(ending);
    }

    private void Queue(PeerLink link, Frame frame, FrameQueue queue)
    {
        link.Send(frame, queue);
        if (frame.ContentCase == Frame.ContentOneofCase.Consensus)
        {
            consensusMessages++;
        }
    }

    private PeerLink? FindLink(Address peer) =>
        links.GetValueOrDefault(peer) ?? followers.GetValueOrDefault(peer);

    private PeerLink Open(Address peer) =>
        new(peer, directory, credentials, clocks, loggers.CreateLogger("peers"));

    // A follower that is not there makes room for one that is.
    private bool HasRoom()
    {
        if (followers.Count < PeerLimits.FollowersMax)
        {
            return true;
        }

        Address[] absent = [.. followers.Where(entry => !entry.Value.IsConnected).Select(entry => entry.Key).Take(1)];
        Array.ForEach(absent, Leave);
        return absent.Length > 0;
    }

    private void Leave(Address follower)
    {
        if (followers.Remove(follower, out PeerLink? link))
        {
            endings.Add(link.DisposeAsync().AsTask());
        }
    }
}
