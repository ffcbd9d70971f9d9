using System.Buffers;

namespace Ledger.Client.Records;

/// <summary>
/// What of a record is committed: an xAPI statement without what a learning record store adds (<c>stored</c>,
/// <c>authority</c>, <c>version</c>), or a whole Caliper event. Id and time must have been filled in.
/// </summary>
public sealed class CommittedRecord
{
    private readonly JsonTree tree;

    private CommittedRecord(RecordType type, JsonTree tree)
    {
        Type = type;
        this.tree = tree;
    }

    /// <summary>The kind of record.</summary>
    public RecordType Type { get; }

    /// <summary>The record's id as it stands in the record.</summary>
    public string Id => Text("id"u8);

    /// <summary>The record's time (<c>timestamp</c> or <c>eventTime</c>) as it stands in the record.</summary>
    public string Time => Text(TimeName(Type));

    /// <summary>The whole record, members that are not committed included.</summary>
    public JsonCursor Root => tree.Root;

    internal SlotLayout Layout => SlotLayout.Of(Type);

    /// <summary>
    /// Reads a record; throws <see cref="RecordFormatException"/> when it is not strict JSON within the limits, not an
    /// object, lacks its id or time, or has a <c>result</c> or <c>score</c> that is not an object.
    /// </summary>
    public static CommittedRecord Read(RecordType type, ReadOnlySpan<byte> json)
    {
        JsonTree tree = JsonTree.Parse(json);
        Require(tree.Root.Kind == JsonKind.Object, "", "record.object", "A record is a JSON object.");
        CommittedRecord record = new(type, tree);
        record.RequireText("id"u8, "record.id");
        record.RequireText(TimeName(type), "record.time");
        RequireObjects(tree.Root, record.Layout);
        return record;
    }

    /// <summary>Writes the committed members in canonical spelling: what a store keeps.</summary>
    public void WriteCanonical(IBufferWriter<byte> output)
    {
        ReadOnlySpan<byte> before = "{"u8;
        foreach (JsonCursor member in Root)
        {
            if (IsCommitted(Type, member.NameBytes))
            {
                output.Write(before);
                CanonicalJson.WriteMember(member, output);
                before = ","u8;
            }
        }

        output.Write("}"u8);
    }

    /// <summary>Whether a member of the record itself is committed.</summary>
    public static bool IsCommitted(RecordType type, ReadOnlySpan<byte> name) => type != RecordType.XapiStatement
        || !(name.SequenceEqual("stored"u8) || name.SequenceEqual("authority"u8) || name.SequenceEqual("version"u8));

    /// <summary>The name of the member that holds the time of the event.</summary>
    public static ReadOnlySpan<byte> TimeName(RecordType type) =>
        type == RecordType.XapiStatement ? "timestamp"u8 : "eventTime"u8;

    private static void RequireObjects(JsonCursor parent, SlotLayout layout)
    {
        foreach (RecordSlot slot in layout.Slots)
        {
            if (slot.Subtree is not null && parent.TryGet(slot.Name, out JsonCursor member))
            {
                Require(
                    member.Kind == JsonKind.Object, slot.Pointer, "record.object", $"{slot.Pointer} is not an object.");
                RequireObjects(member, slot.Subtree);
            }
        }
    }

    private void RequireText(ReadOnlySpan<byte> name, string rule)
    {
        string pointer = "/" + System.Text.Encoding.UTF8.GetString(name);
        bool present = Root.TryGet(name, out JsonCursor member) && member.Kind == JsonKind.String;
        Require(present && member.TextBytes.Length > 0, pointer, rule, $"{pointer} is missing or not a string.");
    }

    private static void Require(bool condition, string path, string rule, string message)
    {
        if (!condition)
        {
            throw new RecordFormatException(path, rule, message);
        }
    }

    private string Text(ReadOnlySpan<byte> name) =>
        Root.TryGet(name, out JsonCursor member) ? member.Text : throw new InvalidOperationException("Read checks it.");
}
