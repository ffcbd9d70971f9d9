using Ledger.Primitives;

namespace Ledger.Contracts.State;

/// <summary>
/// A key of the state: its raw bytes, which order naturally, and their tagged hash, by which the tree is built.
/// Rule T-1 of the protocol.
/// </summary>
public readonly struct StateKey : IEquatable<StateKey>, IComparable<StateKey>
{
    private readonly byte[] raw;

    /// <summary>Takes raw bytes, at least one, as they were read from a store.</summary>
    public StateKey(ReadOnlyMemory<byte> raw)
        : this(raw.ToArray())
    {
    }

    /// <summary>Takes the array itself, which must not change afterwards.</summary>
    internal StateKey(byte[] raw)
    {
        Invariant.That(raw.Length > 0);
        this.raw = raw;
        Hash = TaggedHash.Of(Tags.StateKey, raw);
    }

    /// <summary>The raw bytes: a kind byte and its parts.</summary>
    public ReadOnlyMemory<byte> Raw => raw;

    /// <summary>H(StateKey tag, raw bytes): the place in the tree.</summary>
    public Hash256 Hash { get; }

    /// <summary>What the value is.</summary>
    public StateKind Kind => (StateKind)raw[0];

    /// <summary>By raw bytes.</summary>
    public int CompareTo(StateKey other) => raw.AsSpan().SequenceCompareTo(other.raw);

    /// <inheritdoc/>
    public bool Equals(StateKey other) => Hash == other.Hash;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is StateKey other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Hash.Prefix;

    /// <summary>The raw bytes in hexadecimal.</summary>
    public override string ToString() => Convert.ToHexStringLower(raw);
}
