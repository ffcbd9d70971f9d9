using System.Buffers.Binary;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.Client.Nodes;

/// <summary>A key of the state and its value, as a node told it.</summary>
/// <param name="Key">The key.</param>
/// <param name="Value">Its value.</param>
/// <param name="Height">The head at which it was told.</param>
public sealed record StateItem<T>(StateKey Key, T Value, ulong Height)
{
    /// <summary>Of an instance: its number, from 1; the last eight bytes of the key.</summary>
    public ulong Number => NumberOf(Key);

    /// <summary>A part of the key, from 0: an address, or the hash of a verb.</summary>
    public Hash256 Part(int place) => new(Key.Raw.Span.Slice(1 + (place * Hash256.Size), Hash256.Size));

    internal static ulong NumberOf(StateKey key) => key.Raw.Length > sizeof(ulong)
        ? BinaryPrimitives.ReadUInt64BigEndian(key.Raw.Span[^sizeof(ulong)..])
        : 0;
}
