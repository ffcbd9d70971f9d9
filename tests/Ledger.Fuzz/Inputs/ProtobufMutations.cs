namespace Ledger.Fuzz;

/// <summary>Mutations of fields. Those of an inner message keep the lengths of the messages around it right.</summary>
internal static class ProtobufMutations
{
    /// <summary>Deeper than any parser follows.</summary>
    private const int NestingMax = 20_000;

    private const int RepeatMax = 600;

    public static byte[] Mutate(byte[] input, byte[] other, FuzzRandom random)
    {
        if (WireFormat.Read(input) is not { Count: > 0 } fields)
        {
            return ByteMutations.Mutate(input, other, random);
        }

        WireField field = random.Pick(fields);
        if (field.Wire == WireFormat.LengthWire && field.End > field.Content && random.Below(4) != 0)
        {
            byte[] content = input[field.Content..field.End];
            byte[] inner = WireFormat.Read(content) is { Count: > 0 }
                ? Mutate(content, other, random)
                : ByteMutations.Mutate(content, other, random);
            return Replace(input, field, WireFormat.LengthField(field.Number, inner));
        }

        byte[] whole = input[field.Start..field.End];
        return random.Below(11) switch
        {
            0 => Replace(input, field, []),
            1 => Replace(input, field, [.. whole, .. whole]),
            2 => Replace(input, field, [.. Enumerable.Repeat(whole, random.Skewed(RepeatMax)).SelectMany(one => one)]),
            3 => [.. input[..field.Start], .. input[field.End..], .. whole],
            4 => Replace(input, field, WithNumber(field, random)),
            5 => Replace(input, field, [.. Tag(field.Number, WireFormat.VarintWire), .. LongVarint(random)]),
            6 => Replace(input, field, WrongLength(input, field, random)),
            7 => Replace(input, field, [.. whole, .. Foreign(other, random)]),
            8 => Replace(input, field, Nested(field, random)),
            9 => Replace(input, field, [.. Tag((ulong)random.Below(40) + 1, random.Below(8)), .. random.Bytes(9)]),
            _ => Replace(input, field, WireFormat.LengthField(field.Number, random.Bytes(random.Skewed(80)))),
        };
    }

    private static byte[] Replace(byte[] input, WireField field, byte[] replacement) =>
        [.. input[..field.Start], .. replacement, .. input[field.End..]];

    private static byte[] Tag(ulong number, int wire) => WireFormat.Varint(unchecked(number << 3) | (uint)wire);

    private static byte[] WithNumber(WireField field, FuzzRandom random) =>
        [.. Tag(field.Number, WireFormat.VarintWire), .. WireFormat.Varint(ByteMutations.EdgeNumber(random))];

    /// <summary>A number that could be shorter, or is longer than any.</summary>
    private static byte[] LongVarint(FuzzRandom random)
    {
        byte[] bytes = new byte[2 + random.Below(11)];
        bytes.AsSpan().Fill((byte)(0x80 | random.Below(128)));
        bytes[^1] = (byte)random.Below(3);
        return bytes;
    }

    private static byte[] WrongLength(byte[] input, WireField field, FuzzRandom random) =>
    [
        .. Tag(field.Number, WireFormat.LengthWire),
        .. WireFormat.Varint(random.OneIn(2)
            ? ByteMutations.EdgeNumber(random)
            : unchecked((ulong)(field.End - field.Content + random.Below(9) - 4))),
        .. input[field.Content..field.End],
    ];

    private static byte[] Foreign(byte[] other, FuzzRandom random)
    {
        if (WireFormat.Read(other) is not { Count: > 0 } fields)
        {
            return random.Bytes(random.Skewed(16));
        }

        WireField field = random.Pick(fields);
        return other[field.Start..field.End];
    }

    /// <summary>Groups or messages inside one another.</summary>
    private static byte[] Nested(WireField field, FuzzRandom random)
    {
        int depth = 1 + random.Skewed(random.OneIn(16) ? NestingMax : 200);
        if (random.OneIn(2))
        {
            byte[] start = Tag(field.Number, WireFormat.StartGroupWire);
            return [.. Enumerable.Repeat(start, depth).SelectMany(static one => one)];
        }

        byte[] nested = [];
        for (int level = 0; level < Math.Min(depth, 400); level++)
        {
            nested = WireFormat.LengthField(field.Number, nested);
        }

        return nested;
    }
}
