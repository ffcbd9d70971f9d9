using Ledger.Client.Records;

namespace Ledger.Client.Corrections;

/// <summary>
/// What a record says of the one that it corrects: an extension of the statement's context, or of the Caliper event.
/// Both are committed, so that nobody adds or takes away such a word. Rule W-1 of <c>docs/corrections.md</c>.
/// </summary>
public static class RecordCorrection
{
    /// <summary>The key of the extension; its value is the id of the corrected record, as it stands there.</summary>
    public const string Extension = "urn:learning-ledger:extension:corrects";

    private static ReadOnlySpan<byte> Key => "urn:learning-ledger:extension:corrects"u8;

    /// <summary>The slot that holds the id of a record.</summary>
    public const string IdSlot = "/id";

    /// <summary>The slot of a type that holds the extension.</summary>
    public static string SlotOf(RecordType type) => type switch
    {
        RecordType.XapiStatement => "/context",
        RecordType.CaliperEvent => "rest:",
        _ => throw new ArgumentOutOfRangeException(nameof(type)),
    };

    /// <summary>
    /// Whether a record may correct another one, without reading it: where neither the key nor an escape, which might
    /// hide it, stands in its bytes, it does not.
    /// </summary>
    public static bool MayCorrect(ReadOnlySpan<byte> committed) =>
        committed.Contains((byte)'\\') || committed.IndexOf(Key) >= 0;

    /// <summary>
    /// A record at a place of its range, as a word. Throws <see cref="RecordFormatException"/> for bytes that are no
    /// record.
    /// </summary>
    public static RecordWord Of(RecordType type, ulong index, ReadOnlySpan<byte> committed)
    {
        CommittedRecord record = CommittedRecord.Read(type, committed);
        string? corrects = type == RecordType.XapiStatement
            ? record.Root.TryGet("context"u8, out JsonCursor context) ? InExtensions(context) : null
            : InExtensions(record.Root);
        // A record that names itself says nothing of another one.
        return new RecordWord(index, record.Id, corrects == record.Id ? null : corrects);
    }

    /// <summary>The id that a shown slot names, of the slot's canonical JSON; null where it names none.</summary>
    public static string? InSlot(ReadOnlySpan<byte> slotValue)
    {
        try
        {
            return InExtensions(JsonTree.Parse(slotValue).Root);
        }
        catch (RecordFormatException)
        {
            return null;
        }
    }

    /// <summary>The id that the shown slot of the id holds; null where it is no text.</summary>
    public static string? IdInSlot(ReadOnlySpan<byte> slotValue)
    {
        try
        {
            return TextOf(JsonTree.Parse(slotValue).Root);
        }
        catch (RecordFormatException)
        {
            return null;
        }
    }

    private static string? InExtensions(JsonCursor holder) =>
        holder.TryGet("extensions"u8, out JsonCursor extensions)
        && extensions.TryGet(Key, out JsonCursor named)
            ? TextOf(named)
            : null;

    private static string? TextOf(JsonCursor value) =>
        value.Kind == JsonKind.String && value.TextBytes.Length > 0 ? value.Text : null;
}
