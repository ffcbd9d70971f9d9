using System.Globalization;
using System.Text;

namespace Grpc.Net.Client.Protocol;

/// <summary>The text of a status in a header: UTF-8 with everything but printable ASCII, and '%', as %XX.</summary>
internal static class PercentCoding
{
    private const string HexDigits = "0123456789ABCDEF";

    /// <summary>Encodes a text; one that needs no encoding is returned as it is.</summary>
    internal static string Encode(string text)
    {
        if (text.All(IsPlain))
        {
            return text;
        }

        var encoded = new StringBuilder(text.Length * 2);
        foreach (var octet in Encoding.UTF8.GetBytes(text))
        {
            if (IsPlain((char)octet))
            {
                encoded.Append((char)octet);
            }
            else
            {
                encoded.Append('%').Append(HexDigits[octet >> 4]).Append(HexDigits[octet & 0xF]);
            }
        }

        return encoded.ToString();
    }

    /// <summary>Decodes a text; what is not a valid %XX stays as it is, for a status is worth showing anyway.</summary>
    internal static string Decode(string encoded)
    {
        if (!encoded.Contains('%', StringComparison.Ordinal))
        {
            return encoded;
        }

        var octets = new List<byte>(encoded.Length);
        for (var i = 0; i < encoded.Length; i++)
        {
            if (encoded[i] == '%' && TryHex(encoded, i + 1, out var octet))
            {
                octets.Add(octet);
                i += 2;
            }
            else
            {
                octets.AddRange(Encoding.UTF8.GetBytes(encoded, i, 1));
            }
        }

        return Encoding.UTF8.GetString([.. octets]);
    }

    private static bool IsPlain(char letter) => letter is >= ' ' and <= '~' and not '%';

    private static bool TryHex(string text, int start, out byte octet)
    {
        octet = 0;
        return start + 2 <= text.Length
            && byte.TryParse(
                text.AsSpan(start, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out octet);
    }
}
