using System.Net;
using System.Net.Sockets;
using Ledger.Node.Peers;
using Ledger.Primitives;
using Microsoft.AspNetCore.Connections;

namespace Ledger.Node.Hosting;

/// <summary>
/// Who may be connected to the peer port. A connection is a stranger's until its caller has proved to be an
/// institution's node, and strangers are few: where one too many comes, the oldest of the network that has most of them
/// goes. So strangers can hold no place for long, and never one that an institution has. Thread-safe.
/// </summary>
public sealed class PeerGate
{
    /// <summary>Strangers at a time: a whole consortium that comes back at once, and as many again.</summary>
    public const int StrangersMax = 128;

    /// <summary>Strangers of one network at a time: sixteen nodes of one machine, with room for reconnects.</summary>
    public const int StrangersOfNetworkMax = 32;

    /// <summary>
    /// Connections of one institution: one that its node keeps, one that fetches a snapshot, and as many that are dead
    /// and not known to be yet.
    /// </summary>
    public const int ConnectionsOfInstitutionMax = 4;

    /// <summary>A caller that has not proved itself after this long is not about to.</summary>
    public static readonly TimeSpan StrangerPatience = TimeSpan.FromSeconds(10);

    private readonly Lock gate = new();
    private readonly TimeProvider time;
    private readonly LinkedList<PeerGuest> strangers = new();
    private readonly Dictionary<Address, LinkedList<PeerGuest>> known = [];

    /// <summary>A gate that nobody has passed.</summary>
    public PeerGate(TimeProvider time)
    {
        this.time = time;
    }

    /// <summary>How many connections nobody has proved anything on.</summary>
    public int Strangers
    {
        get
        {
            lock (gate)
            {
                return strangers.Count;
            }
        }
    }

    /// <summary>Serves a connection from its beginning to its end.</summary>
    public async Task ServeAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        PeerGuest guest = Enter(
            NetworkOf((connection.RemoteEndPoint as IPEndPoint)?.Address),
            reason => connection.Abort(new ConnectionAbortedException(reason)));
        connection.Features.Set<IPeerConnection>(guest);
        try
        {
            await using ITimer timer = time.CreateTimer(
                _ => CloseStranger(guest), null, StrangerPatience, Timeout.InfiniteTimeSpan);
            await next(connection);
        }
        finally
        {
            Leave(guest);
        }
    }

    /// <summary>Lets a connection in as a stranger's, in another one's place if need be.</summary>
    public PeerGuest Enter(IPAddress origin, Action<string> close)
    {
        PeerGuest guest = new(this, origin, close);
        PeerGuest? gone;
        lock (gate)
        {
            gone = OneTooMany(origin);
            if (gone is not null)
            {
                strangers.Remove(gone);
            }

            strangers.AddLast(guest);
        }

        gone?.Close("too many callers have not said who they are");
        return guest;
    }

    /// <summary>A connection has ended.</summary>
    public void Leave(PeerGuest guest)
    {
        lock (gate)
        {
            strangers.Remove(guest);
            if (guest.Institution is { } institution && known.TryGetValue(institution, out var connections))
            {
                connections.Remove(guest);
                if (connections.Count == 0)
                {
                    known.Remove(institution);
                }
            }
        }
    }

    /// <summary>What is counted as one network: an address, or 64 bits of one of version 6.</summary>
    public static IPAddress NetworkOf(IPAddress? caller)
    {
        IPAddress address = caller ?? IPAddress.None;
        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4();
        }

        if (address.AddressFamily == AddressFamily.InterNetwork)
        {
            return address;
        }

        byte[] bytes = address.GetAddressBytes();
        Array.Clear(bytes, 8, bytes.Length - 8);
        return new IPAddress(bytes);
    }

    /// <summary>The caller has proved to be an institution's node.</summary>
    internal void Prove(PeerGuest guest, Address institution)
    {
        PeerGuest? gone = null;
        lock (gate)
        {
            if (!strangers.Remove(guest))
            {
                return;
            }

            if (!known.TryGetValue(institution, out LinkedList<PeerGuest>? connections))
            {
                connections = new LinkedList<PeerGuest>();
                known[institution] = connections;
            }

            guest.Institution = institution;
            connections.AddLast(guest);
            if (connections.Count > ConnectionsOfInstitutionMax)
            {
                gone = connections.First!.Value;
                connections.RemoveFirst();
            }
        }

        gone?.Close("newer connections of the same institution took its place");
    }

    private void CloseStranger(PeerGuest guest)
    {
        bool isStranger;
        lock (gate)
        {
            isStranger = strangers.Remove(guest);
        }

        if (isStranger)
        {
            guest.Close("the caller did not say who it is");
        }
    }

    private PeerGuest? OneTooMany(IPAddress origin)
    {
        IPAddress? network = null;
        if (strangers.Count(stranger => stranger.Origin.Equals(origin)) >= StrangersOfNetworkMax)
        {
            network = origin;
        }
        else if (strangers.Count >= StrangersMax)
        {
            network = strangers.GroupBy(stranger => stranger.Origin).MaxBy(group => group.Count())!.Key;
        }

        return network is null ? null : strangers.First(stranger => stranger.Origin.Equals(network));
    }
}
