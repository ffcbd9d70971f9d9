using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Node.Chain;

namespace Ledger.Node.Snapshots;

/// <summary>A head whose state is kept for those who fetch it. The tree is immutable, so that keeping it copies
/// nothing.</summary>
public sealed class PinnedHead(LedgerHead head, long pinnedAt)
{
    /// <summary>About what a record's leaf takes.</summary>
    private const ulong RecordBytes = 100;

    private readonly Lazy<ulong> bytes = new(() => Measure(head.State));
    private long lastUsed = pinnedAt;

    /// <summary>The block and the state after it.</summary>
    public LedgerHead Head { get; } = head;

    /// <summary>Timestamp of pinning.</summary>
    public long PinnedAt { get; } = pinnedAt;

    /// <summary>Timestamp of the last piece that was cut.</summary>
    public long LastUsed
    {
        get => Interlocked.Read(ref lastUsed);
        set => Interlocked.Exchange(ref lastUsed, value);
    }

    /// <summary>About how large the snapshot is; found when first asked.</summary>
    public ulong Bytes => bytes.Value;

    private static ulong Measure(LedgerState state)
    {
        ulong sum = 0;
        foreach (StateChange entry in state.Tree.Entries())
        {
            sum += (ulong)(entry.Key.Raw.Length + entry.Value.Length);
            if (entry.Key.Kind == StateKind.RecordRange)
            {
                sum += RecordRange.Parser.ParseFrom(entry.Value.Span).Count * RecordBytes;
            }
        }

        return sum;
    }
}
