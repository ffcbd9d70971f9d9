using System.Text;

namespace Ledger.Fuzz;

/// <summary>
/// An input as a text. Two characters for private use stand for the halves of a surrogate pair: a program can hold a
/// half by itself, though UTF-8 cannot.
/// </summary>
internal static class TextInput
{
    public static string Of(ReadOnlySpan<byte> input) => Encoding.UTF8.GetString(input)
        .Replace(OddTexts.FirstHalf, '\uD800')
        .Replace(OddTexts.SecondHalf, '\uDC00');
}
