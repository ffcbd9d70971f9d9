using System.Text;

namespace Ledger.Fuzz;

/// <summary>Mutations of short texts.</summary>
internal static class TextMutations
{
    public static byte[] Mutate(byte[] input, FuzzRandom random)
    {
        string text = Encoding.UTF8.GetString(input);
        int at = random.Below(text.Length + 1);
        int end = Math.Min(text.Length, at + random.Skewed(12));
        string changed = random.Below(7) switch
        {
            0 => text[..at] + OddTexts.Piece(random) + text[at..],
            1 => text[..at] + OddTexts.Piece(random) + text[end..],
            2 => text[..at] + text[end..],
            3 => text[..end] + text[at..],
            4 => ChangeCase(text, at, end),
            5 => ChangeNumber(text, random),
            _ => text[at..] + text[..at],
        };
        return Encoding.UTF8.GetBytes(changed);
    }

    private static string ChangeCase(string text, int at, int end) =>
        text[..at] + text[at..end].ToUpperInvariant() + text[end..];

    private static string ChangeNumber(string text, FuzzRandom random)
    {
        int start = text.IndexOfAny(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'], random.Below(text.Length + 1));
        if (start < 0)
        {
            return text + random.Pick(OddTexts.Numbers);
        }

        int end = start;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
        {
            end++;
        }

        return text[..start] + random.Pick(OddTexts.Numbers) + text[end..];
    }
}
