using System.Buffers.Binary;
using Ledger.Primitives;

namespace Ledger.Contracts.State;

/// <summary>
/// A key of the state: its raw bytes, which order naturally, and their tagged hash, by which the tree is built.
/// Rule T-1 of the protocol.
/// </summary>
public readonly struct StateKey : IEquatable<StateKey>, IComparable<StateKey>
{
    private readonly byte[] raw;
    private readonly Hash256 hash;
    private readonly bool isHashed;

    /// <summary>Takes raw bytes, at least one, as they were read from a store.</summary>
    public StateKey(ReadOnlyMemory<byte> raw)
        : this(raw.ToArray(), isHashed: true)
    {
    }

    /// <summary>
    /// Takes the array itself, which must not change afterwards. Its hash is made when it is asked for: a draft finds
    /// the keys that it knows by their raw bytes.
    /// </summary>
    internal StateKey(byte[] raw)
        : this(raw, isHashed: false)
    {
    }

    private StateKey(byte[] raw, bool isHashed)
    {
        Invariant.That(raw.Length > 0);
        this.raw = raw;
        this.isHashed = isHashed;
        hash = isHashed ? TaggedHash.Of(Tags.StateKey, raw) : default;
    }

    /// <summary>The raw bytes: a kind byte and its parts.</summary>
    public ReadOnlyMemory<byte> Raw => raw;

    /// <summary>H(StateKey tag, raw bytes): the place in the tree.</summary>
    public Hash256 Hash => isHashed ? hash : TaggedHash.Of(Tags.StateKey, raw);

    /// <summary>The bit of the hash at an index, 0 to 255, of a key that has its hash at hand.</summary>
    internal bool HasBit(int index) => hash.Bit(index);

    /// <summary>What the value is.</summary>
    public StateKind Kind => (StateKind)raw[0];

    /// <summary>By raw bytes.</summary>
    public int CompareTo(StateKey other) => raw.AsSpan().SequenceCompareTo(other.raw);

    /// <inheritdoc/>
    public bool Equals(StateKey other) => raw.AsSpan().SequenceEqual(other.raw);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is StateKey other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Hash.Prefix;

    /// <summary>Whether it is the other key, and that without looking at its bytes.</summary>
    internal bool IsSame(StateKey other) => ReferenceEquals(raw, other.raw);

    /// <summary>The key with its hash at hand, for what keeps it.</summary>
    internal StateKey Hashed() => isHashed ? this : new StateKey(raw, isHashed: true);

    /// <summary>
    /// A number for the tables of one block. Addresses can be ground until their keys collide under a known mix, so the
    /// seed is one that nobody knew when the block's transactions were signed.
    /// </summary>
    internal ulong Mix(ulong seed)
    {
        unchecked
        {
            ulong mixed = seed;
            ReadOnlySpan<byte> rest = raw;
            for (; rest.Length >= sizeof(ulong); rest = rest[sizeof(ulong)..])
            {
                mixed = (mixed ^ BinaryPrimitives.ReadUInt64LittleEndian(rest)) * 0x9E3779B97F4A7C15;
                mixed ^= mixed >> 29;
            }

            foreach (byte last in rest)
            {
                mixed = (mixed ^ last) * 0x9E3779B97F4A7C15;
            }

            return mixed ^ (mixed >> 32);
        }
    }

    /// <summary>The raw bytes in hexadecimal.</summary>
    public override string ToString() => Convert.ToHexStringLower(raw);
}
