using System.Buffers.Binary;
using Ledger.Primitives;

namespace Ledger.Contracts.Tests.Support;

/// <summary>Numbers that follow from a seed (SplitMix64), the same on every machine.</summary>
public sealed class TestRandom(ulong seed)
{
    private ulong state = seed;

    public ulong Next()
    {
        unchecked
        {
            state += 0x9E3779B97F4A7C15;
            ulong mixed = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
            return mixed ^ (mixed >> 31);
        }
    }

    public int Below(int bound) => (int)(Next() % (ulong)bound);

    public byte[] Bytes(int count)
    {
        byte[] bytes = new byte[count];
        Span<byte> word = stackalloc byte[sizeof(ulong)];
        for (int place = 0; place < count; place += sizeof(ulong))
        {
            BinaryPrimitives.WriteUInt64BigEndian(word, Next());
            word[..Math.Min(sizeof(ulong), count - place)].CopyTo(bytes.AsSpan(place));
        }

        return bytes;
    }

    public Hash256 Hash() => new(Bytes(Hash256.Size));

    public void Shuffle<T>(T[] items)
    {
        for (int place = items.Length - 1; place > 0; place--)
        {
            int other = Below(place + 1);
            (items[place], items[other]) = (items[other], items[place]);
        }
    }
}
