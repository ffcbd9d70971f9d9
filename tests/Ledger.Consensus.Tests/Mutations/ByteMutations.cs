using Ledger.Simulator.Chance;

namespace Ledger.Consensus.Tests;

/// <summary>Changes of bytes that know nothing of what they mean.</summary>
internal static class ByteMutations
{
    private const int RunMax = 40;

    public static byte[] Flip(byte[] bytes, int place, int bit)
    {
        byte[] changed = [.. bytes];
        changed[place] ^= (byte)(1 << bit);
        return changed;
    }

    public static byte[] Truncate(byte[] bytes, int length) => bytes[..length];

    /// <summary>A change that chance chooses, behind a place, with material of other proofs.</summary>
    public static (string Name, byte[] Bytes) AtRandom(MutationSubject subject, byte[] material, Prng prng)
    {
        byte[] bytes = subject.Bytes;
        int place = prng.Between(subject.From, bytes.Length - 1);
        int length = prng.Between(1, Math.Min(RunMax, bytes.Length - place));
        int source = prng.Below(Math.Max(1, material.Length - length));
        int target = prng.Between(subject.From, bytes.Length - length);
        byte[] from = material[source..Math.Min(material.Length, source + length)];
        return prng.Below(9) switch
        {
            0 => ("two bits", Flip(Flip(bytes, place, prng.Below(8)), target, prng.Below(8))),
            1 => ("another byte", Splice(bytes, place, 1, [(byte)prng.Below(256)])),
            2 => ("a run left out", Splice(bytes, place, length, [])),
            3 => ("a run repeated", Splice(bytes, place, 0, bytes[place..(place + length)])),
            4 => ("a run of another place", Splice(bytes, target, length, bytes[place..(place + length)])),
            5 => ("a run of another proof", Splice(bytes, place, Math.Min(from.Length, length), from)),
            6 => ("a run of another proof put in", Splice(bytes, place, 0, from)),
            7 => ("a longer number", Splice(bytes, place, 1, [(byte)(bytes[place] | 0x80), 0])),
            _ => ("an unknown field", Splice(bytes, place, 0, [0x7A, (byte)length, .. new byte[length]])),
        };
    }

    private static byte[] Splice(byte[] bytes, int place, int length, byte[] with) =>
        [.. bytes[..place], .. with, .. bytes[(place + length)..]];
}
