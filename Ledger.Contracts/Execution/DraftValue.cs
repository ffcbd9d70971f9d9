using Google.Protobuf;
using Ledger.Contracts.State;

namespace Ledger.Contracts.Execution;

/// <summary>A key that a draft has looked at, with its value as it is now.</summary>
internal sealed class DraftValue(StateChange entry, int leavesAt)
{
    private IMessage? message;

    public StateKey Key { get; } = entry.Key;

    /// <summary>Where the search for the key leaves the parent's tree.</summary>
    public int LeavesAt { get; } = leavesAt;

    /// <summary>Whether the key has a value.</summary>
    public bool Exists { get; private set; } = leavesAt == StateTree.KeyBits;

    /// <summary>The value; empty where there is none.</summary>
    public ReadOnlyMemory<byte> Bytes { get; private set; } = entry.Value;

    /// <summary>Length of the value; 0 where there is none.</summary>
    public int Length => Bytes.Length;

    /// <summary>Whether this block has set it.</summary>
    public bool IsSet { get; private set; }

    /// <summary>Whether this block has set it at some time, though it may have been taken back.</summary>
    public bool WasSet { get; set; }

    /// <summary>Of a range: the place of its newest leaf among those of the block, or -1.</summary>
    public int NewestLeaf { get; set; } = -1;

    /// <summary>The last operation that looked at it.</summary>
    public ulong ReadBy { get; set; }

    /// <summary>The last operation that set it, and the length that was counted for that.</summary>
    public ulong WrittenBy { get; set; }

    /// <inheritdoc cref="WrittenBy"/>
    public int CountedBytes { get; set; }

    /// <summary>Gives it another value, and says how to take that back.</summary>
    public DraftUndo Set(ReadOnlyMemory<byte> value)
    {
        DraftUndo undo = Undo();
        (Exists, IsSet, Bytes, message) = (true, true, value, null);
        return undo;
    }

    public void Restore(DraftUndo undo) =>
        (Exists, IsSet, Bytes, message) = (undo.Exists, undo.IsSet, undo.Bytes, undo.Message);

    /// <summary>The value as its message, read once while it is not set. It must not be changed.</summary>
    public T? Peek<T>(MessageParser<T> parser)
        where T : class, IMessage<T> =>
        Exists ? (T)(message ??= parser.ParseFrom(Bytes.Span)) : null;

    private DraftUndo Undo() => new(this, Exists, IsSet, Bytes, message);
}
