namespace Ledger.Contracts.State;

/// <summary>State to read from: that of a block, or of a block in the making.</summary>
public interface IStateView
{
    /// <summary>The value of a key, or false where the key is absent.</summary>
    bool TryGet(StateKey key, out ReadOnlyMemory<byte> value);
}
