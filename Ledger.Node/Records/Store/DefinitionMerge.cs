using System.Buffers;
using Ledger.Client.Records;

namespace Ledger.Node.Records;

/// <summary>
/// What is known of an activity after another statement has described it: the newest word counts, and languages and
/// extensions that it leaves out stay. Pure.
/// </summary>
internal static class DefinitionMerge
{
    private static readonly string[] Maps = ["name", "description", "extensions"];

    /// <summary>
    /// Both definitions are in canonical spelling, and so is the result; the newer one alone where both are too long.
    /// </summary>
    public static ReadOnlyMemory<byte> Merge(ReadOnlySpan<byte> known, ReadOnlyMemory<byte> newer)
    {
        JsonCursor old = JsonTree.Parse(known).Root;
        JsonCursor fresh = JsonTree.Parse(newer.Span).Root;
        ArrayBufferWriter<byte> merged = new(known.Length + newer.Length);
        Write(old, fresh, merged, deep: true);
        return merged.WrittenCount > JsonLimits.RecordBytesMax
            ? newer
            : CanonicalJson.Canonicalise(merged.WrittenSpan);
    }

    private static void Write(JsonCursor old, JsonCursor fresh, ArrayBufferWriter<byte> output, bool deep)
    {
        ReadOnlySpan<byte> before = "{"u8;
        foreach (JsonCursor member in fresh)
        {
            output.Write(before);
            before = ","u8;
            if (deep && Maps.Contains(member.Name, StringComparer.Ordinal) && member.Kind == JsonKind.Object
                && old.TryGet(member.NameBytes, out JsonCursor known) && known.Kind == JsonKind.Object)
            {
                CanonicalJson.WriteString(member.NameBytes, output);
                output.Write(":"u8);
                Write(known, member, output, deep: false);
            }
            else
            {
                CanonicalJson.WriteMember(member, output);
            }
        }

        foreach (JsonCursor member in old)
        {
            if (!fresh.TryGet(member.NameBytes, out _))
            {
                output.Write(before);
                before = ","u8;
                CanonicalJson.WriteMember(member, output);
            }
        }

        output.Write(before.SequenceEqual("{"u8) ? "{}"u8 : "}"u8);
    }
}
