namespace Ledger.Client.Records;

/// <summary>How large and how deep a JSON text may be.</summary>
/// <param name="BytesMax">The longest text, in bytes.</param>
/// <param name="DepthMax">The deepest nesting of arrays and objects.</param>
public readonly record struct JsonLimits(int BytesMax, int DepthMax)
{
    /// <summary>The longest record: 256 KiB, far above any statement without attachments, and cheap to hash.</summary>
    public const int RecordBytesMax = 256 * 1024;

    /// <summary>
    /// The deepest record: 64 levels. Readers everywhere accept that many, and recursion stays shallow.
    /// </summary>
    public const int RecordDepthMax = 64;

    /// <summary>The longest number, in characters: nothing that is measured comes near it.</summary>
    public const int NumberCharactersMax = 1024;

    /// <summary>The largest exponent that is read, of either sign: far outside what a double can hold.</summary>
    public const int ExponentMax = 9999;

    /// <summary>The limits of one record.</summary>
    public static JsonLimits Record => new(RecordBytesMax, RecordDepthMax);
}
