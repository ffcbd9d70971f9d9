using Google.Protobuf;

namespace Ledger.Contracts.State;

/// <summary>State to read from: that of a block, or of a block in the making.</summary>
public interface IStateView
{
    /// <summary>The value of a key, or false where the key is absent.</summary>
    bool TryGet(StateKey key, out ReadOnlyMemory<byte> value);

    /// <summary>
    /// The value of a key as the message that its kind holds, for those who only look at it: it may be shared, and must
    /// not be changed.
    /// </summary>
    T? Peek<T>(StateKey key, MessageParser<T> parser)
        where T : class, IMessage<T>;
}
