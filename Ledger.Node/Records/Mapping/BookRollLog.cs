using System.Globalization;
using System.Text;
using System.Text.Json;
using Ledger.Client.Records;

namespace Ledger.Node.Records.Mapping;

/// <summary>
/// Makes a row of BookRoll's log an xAPI statement: who did which operation in which book, at which page and when. The
/// whole row stays in the statement, as an extension. Exports spell the columns in two ways; both are read.
/// </summary>
internal static class BookRollLog
{
    private const string IdSpace = "bookroll-log";
    private const string BookType = "http://id.tincanapi.com/activitytype/book";
    private const string RowExtension = "/extensions/row";

    private static readonly string[] Operation = ["operation_name", "operationname"];
    private static readonly string[] User = ["actor_account_name", "userid", "user_id", "ssokid"];
    private static readonly string[] Book = ["contents_id", "contentsid", "content_id"];
    private static readonly string[] Title = ["contents_name", "contentsname"];
    private static readonly string[] Time = ["event_time", "eventtime", "operation_date", "operationdate", "timestamp"];
    private static readonly string[] Row = ["_id", "id"];

    private static readonly string[] LocalTimes =
    [
        "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm:ss.FFFFFFF", "yyyy/MM/dd HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss",
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF",
    ];

    /// <summary>Whether a line is a row of such a log.</summary>
    public static bool IsRow(JsonElement line) =>
        line.ValueKind == JsonValueKind.Object && Operation.Any(name => line.TryGetProperty(name, out _));

    /// <summary>The statement of a row; throws <see cref="RecordFormatException"/> for what is missing.</summary>
    public static byte[] ToStatement(JsonElement row, BookRollSource source)
    {
        string operation = Required(row, Operation);
        string book = Required(row, Book);
        using MemoryStream statement = new();
        using (Utf8JsonWriter json = new(statement))
        {
            json.WriteStartObject();
            json.WriteString("id", IdOf(row, source));
            json.WriteStartObject("actor");
            json.WriteStartObject("account");
            json.WriteString("homePage", source.Address);
            json.WriteString("name", Required(row, User));
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteStartObject("verb");
            json.WriteString("id", BookRollOperations.VerbOf(operation, source.Address));
            json.WriteEndObject();
            WriteBook(json, row, source, book);
            json.WriteStartObject("context");
            json.WriteString("platform", "BookRoll");
            json.WriteStartObject("extensions");
            json.WritePropertyName(source.Address.TrimEnd('/') + RowExtension);
            row.WriteTo(json);
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteString("timestamp", TimeOf(row, source));
            json.WriteEndObject();
        }

        return statement.ToArray();
    }

    private static void WriteBook(Utf8JsonWriter json, JsonElement row, BookRollSource source, string book)
    {
        json.WriteStartObject("object");
        json.WriteString("id", $"{source.Address.TrimEnd('/')}/book/view?contents={Uri.EscapeDataString(book)}");
        json.WriteStartObject("definition");
        json.WriteString("type", BookType);
        if (TryText(row, Title, out string title) && title.Length > 0)
        {
            json.WriteStartObject("name");
            json.WriteString("und", title);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    // Exports repeat rows: a row's own id, or else the whole row, says that it is the same one.
    private static Guid IdOf(JsonElement row, BookRollSource source)
    {
        string own = TryText(row, Row, out string id) && id.Length > 0 ? id : row.GetRawText();
        return NamedUuid.Of(IdSpace, Encoding.UTF8.GetBytes($"{source.Address}\n{own}"));
    }

    private static string TimeOf(JsonElement row, BookRollSource source)
    {
        string text = Required(row, Time);
        DateTimeOffset time;
        if (DateTime.TryParseExact(
            text, LocalTimes, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime local)
            && local.Ticks > source.Offset.Ticks && local.Ticks - source.Offset.Ticks <= DateTime.MaxValue.Ticks)
        {
            time = new DateTimeOffset(DateTime.SpecifyKind(local - source.Offset, DateTimeKind.Utc));
        }
        else if (!FieldRules.TryReadTime(text, out time))
        {
            throw FieldRules.Refuse($"/{NameOf(row, Time)}", "timestamp", $"'{text}' is not a date and time.");
        }

        return RecordTimes.Text(time);
    }

    private static string Required(JsonElement row, string[] names) =>
        TryText(row, names, out string text) && text.Trim().Length > 0
            ? text.Trim()
            : throw FieldRules.Refuse($"/{names[0]}", "required", $"'{names[0]}' is missing.");

    private static string NameOf(JsonElement row, string[] names) =>
        names.First(name => row.TryGetProperty(name, out _));

    private static bool TryText(JsonElement row, string[] names, out string text)
    {
        foreach (string name in names)
        {
            if (row.TryGetProperty(name, out JsonElement value)
                && value.ValueKind is JsonValueKind.String or JsonValueKind.Number)
            {
                text = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
                return true;
            }
        }

        text = "";
        return false;
    }
}
