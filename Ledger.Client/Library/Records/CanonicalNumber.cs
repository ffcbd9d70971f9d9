using System.Buffers;
using System.Globalization;

namespace Ledger.Client.Records;

/// <summary>
/// One text per decimal value: the digits without superfluous zeros, laid out as ECMAScript's Number::toString lays out
/// its digits. For a number that equals its shortest double this is what RFC 8785 prescribes; any other number keeps
/// all its digits, so the text of two different values always differs.
/// </summary>
internal static class CanonicalNumber
{
    /// <summary>ECMAScript writes up to this many digits before the point without an exponent.</summary>
    private const int PlainDigitsMax = 21;

    /// <summary>ECMAScript writes up to this many zeros between the point and the first digit.</summary>
    private const int LeadingZerosMax = 5;

    private const int ExponentCharactersMax = 16;

    /// <summary>What the canonical text may hold besides the significant digits: sign, point, <c>e+9999</c>.</summary>
    private const int LayoutCharactersMax = 8;

    /// <summary>The length of the JSON number that the text begins with, or 0 when it begins with none.</summary>
    public static int TokenLength(ReadOnlySpan<byte> text)
    {
        int at = text.StartsWith("-"u8) ? 1 : 0;
        int whole = DigitCount(text[at..]);
        if (whole == 0 || (whole > 1 && text[at] == (byte)'0'))
        {
            return 0;
        }

        at += whole;
        if (at < text.Length && text[at] == (byte)'.')
        {
            int fraction = DigitCount(text[(at + 1)..]);
            if (fraction == 0)
            {
                return 0;
            }

            at += 1 + fraction;
        }

        if (at == text.Length || (text[at] | 0x20) != 'e')
        {
            return at;
        }

        at++;
        at += at < text.Length && text[at] is (byte)'+' or (byte)'-' ? 1 : 0;
        int exponent = at <= text.Length ? DigitCount(text[at..]) : 0;
        return exponent == 0 ? 0 : at + exponent;
    }

    /// <summary>
    /// Whether a JSON number of at most <see cref="JsonLimits.NumberCharactersMax"/> characters, and its canonical text
    /// too, is within the limits: what is taken can be read again as it is kept.
    /// </summary>
    public static bool IsWithinLimits(ReadOnlySpan<byte> token)
    {
        int mark = token.IndexOfAny((byte)'e', (byte)'E');
        int exponent = 0;
        if (token.Length > JsonLimits.NumberCharactersMax
            || (mark >= 0 && !TryReadExponent(token[(mark + 1)..], out exponent))
            || !IsWithinLimits(exponent))
        {
            return false;
        }

        bool negative = token[0] == (byte)'-';
        Span<byte> buffer = stackalloc byte[JsonLimits.NumberCharactersMax];
        ReadOnlySpan<byte> digits = Digits(
            token[(negative ? 1 : 0)..(mark < 0 ? token.Length : mark)], buffer, out int whole);
        return digits.IsEmpty
            || (IsWithinLimits(whole + exponent - 1)
                && digits.Length + LayoutCharactersMax <= JsonLimits.NumberCharactersMax);
    }

    private static bool IsWithinLimits(int exponent) =>
        exponent is >= -JsonLimits.ExponentMax and <= JsonLimits.ExponentMax;

    /// <summary>Writes the canonical text of a JSON number that passed the two checks above.</summary>
    public static void Write(ReadOnlySpan<byte> token, IBufferWriter<byte> output)
    {
        bool negative = token[0] == (byte)'-';
        int mark = token.IndexOfAny((byte)'e', (byte)'E');
        ReadOnlySpan<byte> mantissa = token[(negative ? 1 : 0)..(mark < 0 ? token.Length : mark)];
        int exponent = mark < 0
            ? 0
            : int.Parse(token[(mark + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        Span<byte> buffer = stackalloc byte[JsonLimits.NumberCharactersMax];
        ReadOnlySpan<byte> digits = Digits(mantissa, buffer, out int whole);
        if (digits.IsEmpty)
        {
            // ECMAScript writes minus zero as 0 too.
            output.Write("0"u8);
            return;
        }

        if (negative)
        {
            output.Write("-"u8);
        }

        WriteLayout(digits, whole + exponent, output);
    }

    /// <summary>
    /// The significant digits; <paramref name="whole"/> is where the point stands, counted from the first of them.
    /// </summary>
    private static ReadOnlySpan<byte> Digits(ReadOnlySpan<byte> mantissa, Span<byte> buffer, out int whole)
    {
        int point = mantissa.IndexOf((byte)'.');
        whole = point < 0 ? mantissa.Length : point;
        int length = whole;
        mantissa[..whole].CopyTo(buffer);
        if (point >= 0)
        {
            mantissa[(point + 1)..].CopyTo(buffer[whole..]);
            length = mantissa.Length - 1;
        }

        ReadOnlySpan<byte> digits = buffer[..length].TrimEnd((byte)'0');
        int zeros = digits.Length - digits.TrimStart((byte)'0').Length;
        whole -= zeros;
        return digits[zeros..];
    }

    private static void WriteLayout(ReadOnlySpan<byte> digits, int point, IBufferWriter<byte> output)
    {
        if (digits.Length <= point && point <= PlainDigitsMax)
        {
            output.Write(digits);
            WriteZeros(point - digits.Length, output);
        }
        else if (point > 0 && point <= PlainDigitsMax)
        {
            output.Write(digits[..point]);
            output.Write("."u8);
            output.Write(digits[point..]);
        }
        else if (point <= 0 && point >= -LeadingZerosMax)
        {
            output.Write("0."u8);
            WriteZeros(-point, output);
            output.Write(digits);
        }
        else
        {
            WriteScientific(digits, point - 1, output);
        }
    }

    private static void WriteScientific(ReadOnlySpan<byte> digits, int exponent, IBufferWriter<byte> output)
    {
        output.Write(digits[..1]);
        if (digits.Length > 1)
        {
            output.Write("."u8);
            output.Write(digits[1..]);
        }

        output.Write(exponent < 0 ? "e-"u8 : "e+"u8);
        Span<byte> text = stackalloc byte[ExponentCharactersMax];
        Math.Abs(exponent).TryFormat(text, out int written, default, CultureInfo.InvariantCulture);
        output.Write(text[..written]);
    }

    private static bool TryReadExponent(ReadOnlySpan<byte> text, out int exponent) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent);

    private static void WriteZeros(int count, IBufferWriter<byte> output)
    {
        for (int written = 0; written < count; written++)
        {
            output.Write("0"u8);
        }
    }

    private static int DigitCount(ReadOnlySpan<byte> text)
    {
        int end = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        return end < 0 ? text.Length : end;
    }
}
