using System.Buffers;
using System.Text.Json;
using Ledger.Client.Records;
using Ledger.Node.Anchoring;

namespace Ledger.Node.Records;

/// <summary>Writes how far a record is.</summary>
internal static class RecordFactsJson
{
    /// <summary>One object; what is not known is left out.</summary>
    public static ReadOnlyMemory<byte> Of(StoredRecord record, RecordStanding standing)
    {
        ArrayBufferWriter<byte> body = new();
        using (Utf8JsonWriter json = new(body))
        {
            json.WriteStartObject();
            json.WriteString("id", record.Id);
            json.WriteString("type", record.Type == RecordType.XapiStatement ? "xapi" : "caliper");
            json.WriteString("state", standing.State);
            WriteText(json, "why", standing.Why);
            json.WriteString("stored", RecordTimes.Text(record.Stored));
            json.WriteString("commitment", Convert.ToHexStringLower(record.Commitment.ToArray()));
            WriteText(json, "refusal", record.RefusalCode ?? string.Empty);
            if (record.Place is { } place)
            {
                json.WriteNumber("height", place.Height);
                json.WriteNumber("index", place.WriterIndex);
                json.WriteBoolean("late", place.IsLate);
            }

            json.WriteEndObject();
        }

        return body.WrittenMemory;
    }

    private static void WriteText(Utf8JsonWriter json, string name, string text)
    {
        if (text.Length > 0)
        {
            json.WriteString(name, text);
        }
    }
}
