using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Ledger.CommandLine.Output;

/// <summary>Writes an answer as one JSON object.</summary>
internal static class JsonAnswer
{
    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Write(Answer answer)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream, Options))
        {
            writer.WriteStartObject();
            foreach ((string name, object? value) in answer.Fields)
            {
                writer.WritePropertyName(MemberName(name));
                WriteValue(writer, value);
            }

            foreach (AnswerTable table in answer.Tables)
            {
                WriteTable(writer, table);
            }

            if (answer.Notes.Count > 0)
            {
                writer.WriteStartArray("notes");
                answer.Notes.ToList().ForEach(writer.WriteStringValue);
                writer.WriteEndArray();
            }

            writer.WriteNumber("exitCode", (int)answer.Code);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>One error as JSON.</summary>
    public static string WriteError(string message, int code)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream, Options))
        {
            writer.WriteStartObject();
            writer.WriteString("error", message);
            writer.WriteNumber("exitCode", code);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>One row on one line.</summary>
    public static string WriteRow(string[] columns, object?[] cells)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream, Options with { Indented = false }))
        {
            WriteRow(writer, columns, cells);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void WriteTable(Utf8JsonWriter writer, AnswerTable table)
    {
        writer.WriteStartArray(MemberName(table.Name));
        foreach (object?[] row in table.Rows)
        {
            WriteRow(writer, table.Columns, row);
        }

        writer.WriteEndArray();
    }

    private static void WriteRow(Utf8JsonWriter writer, IReadOnlyList<string> columns, object?[] cells)
    {
        writer.WriteStartObject();
        for (int column = 0; column < columns.Count; column++)
        {
            writer.WritePropertyName(MemberName(columns[column]));
            WriteValue(writer, cells[column]);
        }

        writer.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case null:
                writer.WriteNullValue();
                break;
            case bool flag:
                writer.WriteBooleanValue(flag);
                break;
            case int or uint or long:
                writer.WriteNumberValue(Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture));
                break;
            case ulong number:
                writer.WriteNumberValue(number);
                break;
            case decimal amount:
                writer.WriteNumberValue(amount);
                break;
            default:
                writer.WriteStringValue(TextAnswer.Cell(value));
                break;
        }
    }

    private static string MemberName(string words)
    {
        StringBuilder name = new();
        foreach (string word in words.Split([' ', '-'], StringSplitOptions.RemoveEmptyEntries))
        {
            name.Append(name.Length == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..]);
        }

        return name.ToString();
    }
}
