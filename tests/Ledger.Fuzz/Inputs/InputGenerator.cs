namespace Ledger.Fuzz;

/// <summary>
/// Makes the inputs of a target: an input is a function of seed, target and index alone. Of eight, one is a truncation
/// and one a flipped bit, in order, so that every place of the samples has its turn; the others are mutated at random.
/// </summary>
internal sealed class InputGenerator(FuzzTarget target, ulong seed)
{
    /// <summary>Longer inputs say nothing new, and cost much.</summary>
    public const int BytesMax = 128 * 1024;

    private const int MutationsMax = 6;
    private readonly int[] lengths = [.. target.Samples.Select(static sample => sample.Length)];

    /// <summary>The input of an index, from 0.</summary>
    public byte[] Make(long index)
    {
        if (index < target.Samples.Count)
        {
            return target.Samples[(int)index];
        }

        return (index % 8) switch
        {
            0 => Truncation(index / 8),
            1 => BitFlip(index / 8),
            _ => Mutation(FuzzRandom.For(seed, target.Name, index)),
        };
    }

    private byte[] Truncation(long turn)
    {
        long place = turn % Math.Max(1, lengths.Sum(static length => (long)length));
        foreach (byte[] sample in target.Samples)
        {
            if (place < sample.Length)
            {
                return sample[..(int)place];
            }

            place -= sample.Length;
        }

        return [];
    }

    private byte[] BitFlip(long turn)
    {
        // A step that shares no factor with the count visits all bits, far ones early.
        long bits = Math.Max(1, lengths.Sum(static length => 8L * length));
        long place = (long)((UInt128)turn * 2_654_435_761 % (ulong)bits);
        foreach (byte[] sample in target.Samples)
        {
            if (place < 8L * sample.Length)
            {
                byte[] flipped = [.. sample];
                flipped[place / 8] ^= (byte)(1 << (int)(place % 8));
                return flipped;
            }

            place -= 8L * sample.Length;
        }

        return [];
    }

    private byte[] Mutation(FuzzRandom random)
    {
        if (random.OneIn(32))
        {
            return random.Bytes(random.Skewed(random.OneIn(64) ? BytesMax : 512));
        }

        byte[] input = random.Pick(target.Samples);
        int mutations = 1 + random.Skewed(MutationsMax - 1);
        for (int round = 0; round < mutations && input.Length <= BytesMax; round++)
        {
            input = Mutate(input, random);
        }

        return input.Length <= BytesMax ? input : input[..BytesMax];
    }

    private byte[] Mutate(byte[] input, FuzzRandom random)
    {
        byte[] other = random.Pick(target.Samples);
        if (random.OneIn(5))
        {
            return ByteMutations.Mutate(input, other, random);
        }

        return target.Kind switch
        {
            InputKind.Binary => ByteMutations.Mutate(input, other, random),
            InputKind.Protobuf => ProtobufMutations.Mutate(input, other, random),
            InputKind.Json => JsonMutations.Mutate(input, other, random),
            InputKind.Text => TextMutations.Mutate(input, random),
            _ => throw new InvalidOperationException("a kind without a name"),
        };
    }
}
