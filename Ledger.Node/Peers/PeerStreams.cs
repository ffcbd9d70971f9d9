using Grpc.Core;
using Ledger.Primitives;

namespace Ledger.Node.Peers;

/// <summary>
/// One stream of frames for each institution: a newer one takes the older one's place, once the older one's last frame
/// is handled. So frames of one peer are never handled side by side, and its share of this node is one. Thread-safe.
/// </summary>
public sealed class PeerStreams
{
    private readonly Lock gate = new();
    private readonly Dictionary<Address, OpenStream> open = [];

    /// <summary>Reads a stream until it ends or is replaced.</summary>
    /// <exception cref="RpcException">Status Aborted: a newer stream took its place.</exception>
    public async Task RunAsync(Address from, Func<CancellationToken, Task> read, CancellationToken cancellation)
    {
        using CancellationTokenSource ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        OpenStream stream = new(ending);
        Task olderEnded = Begin(from, stream);
        try
        {
            await olderEnded;
            await read(ending.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new RpcException(new Status(StatusCode.Aborted, "a newer stream of yours took this one's place"));
        }
        finally
        {
            End(from, stream);
        }
    }

    private Task Begin(Address from, OpenStream stream)
    {
        lock (gate)
        {
            Task olderEnded = Task.CompletedTask;
            if (open.TryGetValue(from, out OpenStream? older))
            {
                older.Ending.Cancel();
                olderEnded = older.Ended.Task;
            }

            open[from] = stream;
            return olderEnded;
        }
    }

    private void End(Address from, OpenStream stream)
    {
        lock (gate)
        {
            if (open.GetValueOrDefault(from) == stream)
            {
                open.Remove(from);
            }
        }

        stream.Ended.SetResult();
    }

    private sealed class OpenStream(CancellationTokenSource ending)
    {
        public CancellationTokenSource Ending => ending;

        public TaskCompletionSource Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
