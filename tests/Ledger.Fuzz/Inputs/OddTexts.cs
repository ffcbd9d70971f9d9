namespace Ledger.Fuzz;

/// <summary>Texts and numbers that readers stumble over.</summary>
internal static class OddTexts
{
    /// <summary>Stands for a half of a surrogate pair, which UTF-8 cannot hold; see <see cref="TextInput"/>.</summary>
    public const char FirstHalf = '\uE000';

    /// <summary>The other half.</summary>
    public const char SecondHalf = '\uE001';

    public static readonly string[] Pieces =
    [
        "\0", "\t", "\n", "\r", "\u001f", " ", "\u00a0", "\u0085", "\u2028", "\u200b", "\u202e", "\ufeff", "\ufffd",
        "\uffff", "\ud83d\ude00", "e\u0301", "\u00e9", "\u0130", "\u0131", "\u1e9e", "\u00df", "\u212a",
        "\u0627\u0644\u0644", "\u65e5\u672c", "\ue000", "\ue001", "\ue001\ue000", "%", "%zz", "%00", "%F0%9F", "+", "-",
        "&", "=", "?", "#", "#sha256=", "/", "//", "\\", "..", ":", "::", "[::1]", "[", "]", "@", "*", ",", ";", "'",
        "\"", "<", ">", "{", "}", "|", "^", "`", "~", "a", "Z", "0", "9", "e", "E", "x", "0x", ".", "T", "Z", "P", "W",
    ];

    public static readonly string[] Numbers =
    [
        "0", "-0", "00", "01", "-", "+1", "1.", ".5", "1e", "1e+", "1e400", "-1e400", "1e-400", "0e9999", "1e9999",
        "1e10000", "1e-10000", "1e99999999999999999999", "9007199254740993", "18446744073709551615",
        "18446744073709551616", "9223372036854775807", "9223372036854775808", "-9223372036854775808", "2147483648",
        "4294967296", "0.1", "0.30000000000000004", "1E5", "1e05", "123456789012345678901234567890",
        "0.000000000000000000000000000000000000001", "5e-324", "2.2250738585072011e-308", "1.7976931348623157e308",
        "1.7976931348623159e308", "NaN", "Infinity", "0x10", "1_000", "65535", "65536", "99999999",
    ];

    public static string Piece(FuzzRandom random) => random.Below(8) switch
    {
        0 => random.Pick(Numbers),
        1 => ((char)random.Below(0x1_0000)).ToString(),
        2 => new string((char)(' ' + random.Below(95)), random.Skewed(2000)),
        _ => random.Pick(Pieces),
    };
}
