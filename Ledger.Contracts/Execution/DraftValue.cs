using Google.Protobuf;
using Ledger.Contracts.State;

namespace Ledger.Contracts.Execution;

/// <summary>A key that a draft has looked at, with its value as it is now.</summary>
internal sealed class DraftValue(StateKey key, bool exists, ReadOnlyMemory<byte> bytes)
{
    private IMessage? parsed;

    public StateKey Key { get; } = key;

    /// <summary>Whether the key has a value.</summary>
    public bool Exists { get; private set; } = exists;

    /// <summary>The value; empty where there is none.</summary>
    public ReadOnlyMemory<byte> Bytes { get; private set; } = bytes;

    /// <summary>Whether this block has set it.</summary>
    public bool IsSet { get; private set; }

    /// <summary>The last operation that looked at it.</summary>
    public ulong ReadBy { get; set; }

    /// <summary>The last operation that set it, and the length that was counted for that.</summary>
    public ulong WrittenBy { get; set; }

    /// <inheritdoc cref="WrittenBy"/>
    public ulong CountedBytes { get; set; }

    /// <summary>Gives it another value, and says how to take that back.</summary>
    public DraftUndo Set(ReadOnlyMemory<byte> value)
    {
        DraftUndo undo = new(this, Exists, IsSet, Bytes);
        (Exists, IsSet, Bytes, parsed) = (true, true, value, null);
        return undo;
    }

    public void Restore(DraftUndo undo) =>
        (Exists, IsSet, Bytes, parsed) = (undo.Exists, undo.IsSet, undo.Bytes, null);

    /// <summary>The value as its message, parsed once while it is not set. It must not be changed.</summary>
    public T? Peek<T>(MessageParser<T> parser)
        where T : class, IMessage<T> =>
        Exists ? (T)(parsed ??= parser.ParseFrom(Bytes.Span)) : null;
}
