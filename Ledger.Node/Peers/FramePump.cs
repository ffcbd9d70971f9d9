using System.Diagnostics.CodeAnalysis;
using Grpc.Core;
using Ledger.Node.Protos;

namespace Ledger.Node.Peers;

/// <summary>
/// Frames on their way to a connected peer: in order, consensus before answers before gossip. Whoever sends writes,
/// where nobody is writing yet, so that no other worker has to be woken for it; else whoever is writing goes on.
/// Thread-safe.
/// </summary>
public sealed class FramePump(IClientStreamWriter<Frame> stream, CancellationToken cancellation)
{
    private static readonly WriteOptions Gathered = new(WriteFlags.BufferHint);
    private static readonly WriteOptions Pushed = new();

    private readonly FrameBuffer urgent = new(PeerLimits.UrgentFramesMax, PeerLimits.UrgentBytesMax);
    private readonly FrameBuffer answers = new(
        PeerLimits.AnswerFramesMax, PeerLimits.AnswerFramesMax * PeerLimits.FrameBytesMax);

    private readonly FrameBuffer bulk = new(
        PeerLimits.BulkFramesMax, PeerLimits.BulkFramesMax * PeerLimits.GossipBytesMax);

    private readonly TaskCompletionSource broken = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Frames that were added since a writer last found nothing; the first of them starts the writer.
    private int added;

    /// <summary>Fails once a frame cannot be written; nothing is written after it.</summary>
    public Task Broken => broken.Task;

    /// <summary>Writes a frame, or queues it; when the peer is slow the oldest of its kind is dropped.</summary>
    public void Send(Frame frame, FrameQueue queue)
    {
        FrameBuffer chosen = queue switch
        {
            FrameQueue.Urgent => urgent,
            FrameQueue.Answer => answers,
            FrameQueue.Bulk => bulk,
            _ => throw new ArgumentOutOfRangeException(nameof(queue)),
        };
        if (chosen.Add(frame) && Interlocked.Increment(ref added) == 1)
        {
            _ = WriteAddedAsync();
        }
    }

    private async Task WriteAddedAsync()
    {
        try
        {
            int seen;
            do
            {
                seen = Volatile.Read(ref added);
                await WriteWaitingAsync();
            }
            while (Interlocked.Add(ref added, -seen) > 0);
        }
        catch (Exception problem)
        {
            // The connection's edge: who opened it is told, and nobody writes to it any more.
            broken.TrySetException(problem);
        }
    }

    // What waits together goes out together: only the last frame of several is followed by a push.
    private async Task WriteWaitingAsync()
    {
        bool isMore = TryNext(out Frame? frame);
        while (isMore)
        {
            Frame written = frame!;
            isMore = TryNext(out frame);
            stream.WriteOptions = isMore ? Gathered : Pushed;
            await stream.WriteAsync(written, cancellation);
        }
    }

    private bool TryNext([NotNullWhen(true)] out Frame? frame) =>
        urgent.TryTake(out frame) || answers.TryTake(out frame) || bulk.TryTake(out frame);
}
