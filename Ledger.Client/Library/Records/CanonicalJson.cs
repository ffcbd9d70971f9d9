using System.Buffers;

namespace Ledger.Client.Records;

/// <summary>
/// The one spelling of a JSON value: RFC 8785, except that a number whose decimal value no double shares keeps all its
/// digits.
/// </summary>
public static class CanonicalJson
{
    private const byte FirstPlainCharacter = 0x20;

    private static readonly SearchValues<byte> Escaped = SearchValues.Create(
        [.. Enumerable.Range(0, FirstPlainCharacter).Select(code => (byte)code), (byte)'"', (byte)'\\']);

    /// <summary>
    /// The canonical text of one record, in UTF-8; throws <see cref="RecordFormatException"/> for what
    /// <see cref="JsonTree.Parse(ReadOnlySpan{byte})"/> refuses.
    /// </summary>
    public static byte[] Canonicalise(ReadOnlySpan<byte> utf8)
    {
        ArrayBufferWriter<byte> output = new(Math.Max(utf8.Length, 1));
        Write(JsonTree.Parse(utf8).Root, output);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>Whether the text is the canonical spelling of a record or of a part of one.</summary>
    public static bool IsCanonical(ReadOnlySpan<byte> utf8)
    {
        try
        {
            return Canonicalise(utf8).AsSpan().SequenceEqual(utf8);
        }
        catch (RecordFormatException)
        {
            return false;
        }
    }

    /// <summary>Writes a value in its canonical spelling.</summary>
    public static void Write(JsonCursor value, IBufferWriter<byte> output)
    {
        switch (value.Kind)
        {
            case JsonKind.Null:
                output.Write("null"u8);
                break;
            case JsonKind.False:
                output.Write("false"u8);
                break;
            case JsonKind.True:
                output.Write("true"u8);
                break;
            case JsonKind.Number:
                CanonicalNumber.Write(value.TextBytes, output);
                break;
            case JsonKind.String:
                WriteString(value.TextBytes, output);
                break;
            case JsonKind.Array:
                WriteArray(value, output);
                break;
            case JsonKind.Object:
                WriteObject(value, output);
                break;
        }
    }

    /// <summary>
    /// Writes a string, given without escapes, in quotes and with the escapes that RFC 8785 asks for.
    /// </summary>
    public static void WriteString(ReadOnlySpan<byte> text, IBufferWriter<byte> output)
    {
        output.Write("\""u8);
        while (true)
        {
            int plain = text.IndexOfAny(Escaped);
            if (plain < 0)
            {
                output.Write(text);
                output.Write("\""u8);
                return;
            }

            output.Write(text[..plain]);
            WriteEscape(text[plain], output);
            text = text[(plain + 1)..];
        }
    }

    /// <summary>Writes a member of an object: its name, a colon and its value.</summary>
    public static void WriteMember(JsonCursor member, IBufferWriter<byte> output)
    {
        WriteString(member.NameBytes, output);
        output.Write(":"u8);
        Write(member, output);
    }

    private static void WriteArray(JsonCursor array, IBufferWriter<byte> output)
    {
        ReadOnlySpan<byte> before = "["u8;
        foreach (JsonCursor element in array)
        {
            output.Write(before);
            Write(element, output);
            before = ","u8;
        }

        output.Write(array.Count == 0 ? "[]"u8 : "]"u8);
    }

    private static void WriteObject(JsonCursor value, IBufferWriter<byte> output)
    {
        ReadOnlySpan<byte> before = "{"u8;
        foreach (JsonCursor member in value)
        {
            output.Write(before);
            WriteMember(member, output);
            before = ","u8;
        }

        output.Write(value.Count == 0 ? "{}"u8 : "}"u8);
    }

    private static void WriteEscape(byte character, IBufferWriter<byte> output)
    {
        ReadOnlySpan<byte> hex = "0123456789abcdef"u8;
        output.Write(character switch
        {
            (byte)'"' => "\\\""u8,
            (byte)'\\' => "\\\\"u8,
            (byte)'\b' => "\\b"u8,
            (byte)'\t' => "\\t"u8,
            (byte)'\n' => "\\n"u8,
            (byte)'\f' => "\\f"u8,
            (byte)'\r' => "\\r"u8,
            _ => [(byte)'\\', (byte)'u', (byte)'0', (byte)'0', hex[character >> 4], hex[character & 0xF]],
        });
    }
}
