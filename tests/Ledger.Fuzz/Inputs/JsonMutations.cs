using System.Text;

namespace Ledger.Fuzz;

/// <summary>Mutations of values and members.</summary>
internal static class JsonMutations
{
    private const int DepthMax = 2000;

    private static readonly string[] Strings =
    [
        "\"\"", "\" \"", "\"\\u0000\"", "\"\\ud800\"", "\"\\udc00\\ud800\"", "\"\\ud83d\\ude00\"", "\"\\uD83D\"",
        "\"\\/\"", "\"\\x\"", "\"\\u12\"", "\"a\nb\"", "\"\u007f\"", "\"\u2028\"", "\"http://a:b\"", "\"mailto:a@b\"",
        "\"2019-02-30T25:61:61Z\"", "\"9999-12-31T23:59:59.9999999+14:00\"", "\"0001-01-01T00:00:00+14:00\"",
        "\"2019-06-03T09:15:60Z\"", "\"P1Y2M3DT4H5M6.7S\"", "\"00000000-0000-0000-0000-000000000000\"", "\"en-US\"",
        "\"zz\"", "\"ffffffffffffffff\"", "\"-1\"",
    ];

    private static readonly string[] Words = ["null", "true", "false", "nul", "True", "{}", "[]", "[{}]", "{\"\":0}"];

    public static byte[] Mutate(byte[] input, byte[] other, FuzzRandom random)
    {
        List<Range> values = JsonSpans.Values(input);
        if (values.Count == 0)
        {
            return ByteMutations.Mutate(input, other, random);
        }

        Range value = random.Pick(values);
        return random.Below(12) switch
        {
            0 or 1 or 2 => Replace(input, value, Odd(random)),
            3 => Replace(input, value, input[random.Pick(values)]),
            4 => Replace(input, value, Wrapped(input[value], random)),
            5 => Replace(input, value, Encoding.UTF8.GetBytes(
                "\"" + string.Concat(Enumerable.Range(0, random.Below(6)).Select(_ => OddTexts.Piece(random))) + "\"")),
            6 or 7 => Member(input, random),
            8 => Foreign(input, value, other, random),
            9 => Replace(input, value, [.. input[value], .. ","u8, .. input[value]]),
            10 => [.. random.Pick([(byte[])[0xEF, 0xBB, 0xBF], [(byte)' '], [0xFE, 0xFF], [0]]), .. input],
            _ => Respell(input, value, random),
        };
    }

    private static byte[] Replace(byte[] input, Range range, byte[] replacement)
    {
        (int start, int length) = range.GetOffsetAndLength(input.Length);
        return [.. input[..start], .. replacement, .. input[(start + length)..]];
    }

    private static byte[] Odd(FuzzRandom random) => Encoding.UTF8.GetBytes(random.Below(4) switch
    {
        0 => random.Pick(Strings),
        1 => random.Pick(Words),
        2 => random.Pick(OddTexts.Numbers),
        _ => new string((char)('0' + random.Below(10)), 1 + random.Skewed(1400)),
    });

    private static byte[] Wrapped(byte[] value, FuzzRandom random)
    {
        int depth = 1 + random.Skewed(random.OneIn(8) ? DepthMax : 80);
        bool closed = !random.OneIn(6);
        return random.OneIn(2)
            ? [.. Repeat("["u8, depth), .. value, .. Repeat("]"u8, closed ? depth : 0)]
            : [.. Repeat("{\"a\":"u8, depth), .. value, .. Repeat("}"u8, closed ? depth : 0)];
    }

    private static byte[] Repeat(ReadOnlySpan<byte> piece, int count)
    {
        byte[] repeated = new byte[piece.Length * count];
        for (int round = 0; round < count; round++)
        {
            piece.CopyTo(repeated.AsSpan(round * piece.Length));
        }

        return repeated;
    }

    /// <summary>A name is given twice, changed, taken from elsewhere, or put before another value.</summary>
    private static byte[] Member(byte[] input, FuzzRandom random)
    {
        List<Range> names = JsonSpans.Names(input);
        if (names.Count == 0)
        {
            return [.. input, .. ","u8];
        }

        Range name = random.Pick(names);
        byte[] same = input[name];
        return random.Below(4) switch
        {
            0 => Replace(input, name, [.. same, .. ":"u8, .. Odd(random), .. ","u8, .. same]),
            1 => Replace(input, name, input[random.Pick(names)]),
            2 => Replace(input, name, Encoding.UTF8.GetBytes("\"" + OddTexts.Piece(random) + "\"")),
            _ => Replace(input, name, [.. "\"extra\":"u8, .. Odd(random), .. ","u8, .. same]),
        };
    }

    private static byte[] Foreign(byte[] input, Range value, byte[] other, FuzzRandom random)
    {
        List<Range> foreign = JsonSpans.Values(other);
        return foreign.Count == 0 ? input : Replace(input, value, other[random.Pick(foreign)]);
    }

    /// <summary>One letter of a value is written as an escape, or stands twice.</summary>
    private static byte[] Respell(byte[] input, Range value, FuzzRandom random)
    {
        (int start, int length) = value.GetOffsetAndLength(input.Length);
        int at = start + random.Below(length);
        byte[] spelled = random.OneIn(2)
            ? Encoding.ASCII.GetBytes($"\\u{input[at]:x4}")
            : [input[at], input[at]];
        return [.. input[..at], .. spelled, .. input[(at + 1)..]];
    }
}
