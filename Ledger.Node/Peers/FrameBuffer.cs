using System.Diagnostics.CodeAnalysis;
using Ledger.Node.Protos;

namespace Ledger.Node.Peers;

/// <summary>
/// Frames of one kind that wait for a peer, at most so many and so many bytes: the oldest make room for the newest. A
/// frame that waits already is not taken a second time. Thread-safe.
/// </summary>
public sealed class FrameBuffer(int framesMax, int bytesMax)
{
    private readonly Lock gate = new();
    private readonly Queue<(Frame Frame, int Bytes)> waiting = new();
    private long bytesWaiting;

    /// <summary>Bytes that wait; above the limit only while a single larger frame does.</summary>
    public long Bytes
    {
        get
        {
            lock (gate)
            {
                return bytesWaiting;
            }
        }
    }

    /// <summary>Takes a frame; false where no more wait than before.</summary>
    public bool Add(Frame frame)
    {
        int bytes = frame.CalculateSize();
        lock (gate)
        {
            if (waiting.Any(entry => ReferenceEquals(entry.Frame, frame)))
            {
                return false;
            }

            int before = waiting.Count;
            while (waiting.Count > 0 && (waiting.Count >= framesMax || bytesWaiting + bytes > bytesMax))
            {
                bytesWaiting -= waiting.Dequeue().Bytes;
            }

            waiting.Enqueue((frame, bytes));
            bytesWaiting += bytes;
            return waiting.Count > before;
        }
    }

    /// <summary>The oldest frame, or false where none waits.</summary>
    public bool TryTake([NotNullWhen(true)] out Frame? frame)
    {
        lock (gate)
        {
            bool some = waiting.TryDequeue(out (Frame Frame, int Bytes) entry);
            bytesWaiting -= entry.Bytes;
            frame = entry.Frame;
            return some;
        }
    }
}
