using System.Net;
using System.Net.Sockets;

namespace Ledger.PeerNetwork;

/// <summary>
/// The way on which one node calls another: listens where the caller believes the other to be, and passes bytes on.
/// TLS goes through untouched.
/// </summary>
public sealed class PeerLine : IAsyncDisposable
{
    private readonly Socket listener;
    private readonly PathConditions there;
    private readonly PathConditions back;
    private readonly CancellationTokenSource stopping = new();
    private readonly Lock gate = new();
    private readonly HashSet<Socket> open = [];
    private readonly Task accepting;
    private IPEndPoint target;

    /// <summary>Listens on a free port.</summary>
    public PeerLine(IPEndPoint target, PathConditions there, PathConditions back)
    {
        this.target = target;
        this.there = there;
        this.back = back;
        listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        Uri = new Uri("https://" + listener.LocalEndPoint);
        accepting = Task.Run(AcceptAsync);
    }

    /// <summary>Where the caller calls.</summary>
    public Uri Uri { get; }

    /// <summary>Sends later calls elsewhere and ends those that are open.</summary>
    public void LeadTo(IPEndPoint other)
    {
        lock (gate)
        {
            target = other;
        }

        Reset();
    }

    /// <summary>Breaks every open connection, so that both ends learn of it.</summary>
    public void Reset()
    {
        lock (gate)
        {
            foreach (Socket socket in open)
            {
                socket.Close(timeout: 0);
            }

            open.Clear();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        listener.Dispose();
        Reset();
        await accepting;
        stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        List<Task> carried = [];
        try
        {
            while (true)
            {
                Socket caller = await listener.AcceptAsync(stopping.Token);
                carried.RemoveAll(task => task.IsCompleted);
                carried.Add(CarryAsync(caller));
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // Disposed.
        }

        await Task.WhenAll(carried);
    }

    private async Task CarryAsync(Socket caller)
    {
        using Socket called = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        using (caller)
        {
            try
            {
                IPEndPoint now = Track(caller, called);
                caller.NoDelay = true;
                called.NoDelay = true;
                await called.ConnectAsync(now, stopping.Token);
                Task[] flows =
                [
                    Flow.RunAsync(caller, called, there, stopping.Token),
                    Flow.RunAsync(called, caller, back, stopping.Token),
                ];
                await await Task.WhenAny(flows);
                await Task.WhenAll(flows);
            }
            catch (Exception ended) when (
                ended is OperationCanceledException or ObjectDisposedException or SocketException)
            {
                // One end is gone, or the line was reset: both ends are closed below.
            }
            finally
            {
                Forget(caller, called);
            }
        }
    }

    private IPEndPoint Track(Socket caller, Socket called)
    {
        lock (gate)
        {
            open.Add(caller);
            open.Add(called);
            return target;
        }
    }

    private void Forget(Socket caller, Socket called)
    {
        lock (gate)
        {
            open.Remove(caller);
            open.Remove(called);
        }
    }
}
