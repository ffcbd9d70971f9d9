using Ledger.Simulator.Chance;

namespace Ledger.Simulator.Disk;

/// <summary>
/// Bytes at a place of the disk with a checksum over both, as the node's store keeps them, and what they mean. What
/// they mean may be used only while they are intact.
/// </summary>
public sealed class DiskRecord<T>
{
    private readonly ulong place;
    private readonly ReadOnlyMemory<byte> bytes;
    private readonly ulong checksum;

    /// <summary>Writes bytes to a place.</summary>
    public DiskRecord(ulong place, T value, ReadOnlyMemory<byte> bytes)
        : this(place, value, bytes, Mix64.Of(place, bytes.Span))
    {
    }

    private DiskRecord(ulong place, T value, ReadOnlyMemory<byte> bytes, ulong checksum)
    {
        this.place = place;
        this.bytes = bytes;
        this.checksum = checksum;
        Value = value;
    }

    /// <summary>What the bytes mean.</summary>
    public T Value { get; }

    /// <summary>Whether the bytes are those that were written to this place.</summary>
    public bool IsIntact => Mix64.Of(place, bytes.Span) == checksum;

    /// <summary>The record with one bit turned.</summary>
    public DiskRecord<T> Rotten(Prng prng)
    {
        byte[] damaged = bytes.ToArray();
        damaged[prng.Below(damaged.Length)] ^= (byte)(1 << prng.Below(8));
        return new DiskRecord<T>(place, Value, damaged, checksum);
    }

    /// <summary>The record at a place for which it was not written.</summary>
    public DiskRecord<T> MisdirectedTo(ulong otherPlace) => new(otherPlace, Value, bytes, checksum);
}
