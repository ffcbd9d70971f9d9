using System.Buffers;
using System.Globalization;
using System.Text;
using Ledger.Client.Records;

namespace Ledger.Node.Records;

/// <summary>
/// Writes stored statements as xAPI gives them: with the time of storing, the authority and the version, in one of the
/// formats.
/// </summary>
internal sealed class StatementWriter
{
    private readonly string authorityHomePage;

    public StatementWriter(string authorityHomePage)
    {
        this.authorityHomePage = authorityHomePage;
    }

    /// <summary>One statement.</summary>
    public ReadOnlyMemory<byte> Write(StoredRecord record, StatementShape shape)
    {
        ArrayBufferWriter<byte> output = new();
        Write(record, shape, output);
        return output.WrittenMemory;
    }

    /// <summary>A page of statements, and the address of the next one.</summary>
    public ReadOnlyMemory<byte> Write(IReadOnlyList<StoredRecord> records, StatementShape shape, string more)
    {
        ArrayBufferWriter<byte> output = new();
        output.Write("{\"statements\":["u8);
        for (int at = 0; at < records.Count; at++)
        {
            output.Write(at == 0 ? ""u8 : ","u8);
            Write(records[at], shape, output);
        }

        output.Write("],\"more\":"u8);
        WriteText(more, output);
        output.Write("}"u8);
        return output.WrittenMemory;
    }

    private void Write(StoredRecord record, StatementShape shape, ArrayBufferWriter<byte> output)
    {
        // A committed statement is an object with members; its closing brace makes room for what the store adds.
        output.Write(Shaped(record, shape).Span[..^1]);
        output.Write(",\"stored\":"u8);
        WriteText(
            RecordTimes.Text(record.Stored), output);
        output.Write(",\"authority\":{\"objectType\":\"Agent\",\"account\":{\"homePage\":"u8);
        WriteText(authorityHomePage, output);
        output.Write(",\"name\":"u8);
        WriteText(record.Authority, output);
        output.Write("}},\"version\":"u8);
        WriteText(record.Version, output);
        output.Write("}"u8);
    }

    private static ReadOnlyMemory<byte> Shaped(StoredRecord record, StatementShape shape)
    {
        if (shape is ExactShape && !ExactShape.Concerns(record.Committed.Span))
        {
            return record.Committed;
        }

        ArrayBufferWriter<byte> shaped = new(record.Committed.Length);
        shape.WriteStatement(JsonTree.Parse(record.Committed.Span).Root, shaped);
        return shaped.WrittenMemory;
    }

    private static void WriteText(string text, ArrayBufferWriter<byte> output) =>
        CanonicalJson.WriteString(Encoding.UTF8.GetBytes(text), output);
}
