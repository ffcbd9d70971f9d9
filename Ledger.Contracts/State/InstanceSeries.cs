using System.Buffers.Binary;

namespace Ledger.Contracts.State;

/// <summary>
/// The keys of what ends as an instance: number 0 holds the counter, numbers from 1 the instances. Rule T-3 of the
/// protocol.
/// </summary>
public readonly struct InstanceSeries
{
    /// <summary>Takes the counter's key, whose last eight bytes are the number 0.</summary>
    internal InstanceSeries(StateKey counter)
    {
        Counter = counter;
    }

    /// <summary>The key of the <see cref="Protos.Counter"/>.</summary>
    public StateKey Counter { get; }

    /// <summary>The key of the instance with this number, from 1.</summary>
    public StateKey At(ulong number)
    {
        byte[] raw = Counter.Raw.ToArray();
        BinaryPrimitives.WriteUInt64BigEndian(raw.AsSpan(raw.Length - sizeof(ulong)), number);
        return new StateKey(raw);
    }
}
