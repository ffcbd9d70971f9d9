using Grpc.Core;
using Ledger.Primitives;

namespace Ledger.Node.Peers;

/// <summary>
/// Few streams of frames for each institution: one too many takes the place of the oldest, once the last frame of that
/// one is handled. Thread-safe.
/// </summary>
public sealed class PeerStreams
{
    /// <summary>
    /// One, and another for a moment: of a link whose end is not known yet, or of the process that a node was moved
    /// from and that still runs. With one the two would take each other's place for ever, and what each says would be
    /// lost, before it is found out that they are two (S-8).
    /// </summary>
    public const int OfInstitutionMax = 2;

    private readonly Lock gate = new();
    private readonly Dictionary<Address, LinkedList<OpenStream>> open = [];

    /// <summary>Reads a stream until it ends or is replaced.</summary>
    /// <exception cref="RpcException">Status Aborted: newer streams took its place.</exception>
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
            throw new RpcException(new Status(StatusCode.Aborted, "newer streams of yours took this one's place"));
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
            if (!open.TryGetValue(from, out LinkedList<OpenStream>? streams))
            {
                streams = new LinkedList<OpenStream>();
                open[from] = streams;
            }

            if (streams.Count == OfInstitutionMax)
            {
                OpenStream oldest = streams.First!.Value;
                streams.RemoveFirst();
                oldest.Ending.Cancel();
                olderEnded = oldest.Ended.Task;
            }

            streams.AddLast(stream);
            return olderEnded;
        }
    }

    private void End(Address from, OpenStream stream)
    {
        lock (gate)
        {
            if (open.TryGetValue(from, out LinkedList<OpenStream>? streams)
                && streams.Remove(stream)
                && streams.Count == 0)
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
