using System.Globalization;
using System.Text.Json;

namespace Ledger.Workload;

/// <summary>
/// The xAPI statement of a BookRoll operation: the book at a page, launched from a Moodle course, with the operation's
/// own name in extensions because several operations share a verb.
/// </summary>
internal static class BookRollStatement
{
    private const string BookType = "http://id.tincanapi.com/activitytype/book";
    private const string SourceType = "http://id.tincanapi.com/activitytype/source";
    private const string ExtensionBase = "https://bookroll.example/xapi/extensions/";

    internal static void Write(Utf8JsonWriter json, in LearningRecord record)
    {
        json.WriteStartObject();
        XapiJson.WriteHead(
            json, record, record.School.BookRollUrl, Accounts.BookRollName(record.PopulationSeed, record.StudentIndex));
        json.WriteStartObject("object"u8);
        XapiJson.StartActivity(json, BookOf(record));
        json.WriteStartObject("extensions"u8);
        json.WriteNumber(ExtensionBase + "pages", CourseCatalogue.PagesOf(record.Course, record.Unit));
        json.WriteEndObject();
        XapiJson.EndActivity(json);
        json.WriteEndObject();
        XapiJson.WriteResult(json, record);
        WriteContext(json, record);
        json.WriteString("timestamp"u8, RecordJson.TimeOf(record));
        json.WriteEndObject();
    }

    private static ActivityText BookOf(in LearningRecord record) =>
        new($"{record.School.BookRollUrl}/book/view?contents={ContentsOf(record)}", BookType,
            $"{CourseCatalogue.NameOf(record.Course)}: Unit {record.Unit + 1}");

    private static string ContentsOf(in LearningRecord record) =>
        ((record.Course * CourseCatalogue.UnitCount) + record.Unit).ToString("x4", CultureInfo.InvariantCulture);

    private static void WriteContext(Utf8JsonWriter json, in LearningRecord record)
    {
        json.WriteStartObject("context"u8);
        json.WriteString("platform"u8, "BookRoll"u8);
        json.WriteString("language"u8, XapiJson.Language);
        json.WriteStartObject("contextActivities"u8);
        json.WriteStartArray("parent"u8);
        XapiJson.WriteContextActivity(json, MoodleStatement.CourseOf(record));
        json.WriteEndArray();
        json.WriteStartArray("grouping"u8);
        XapiJson.WriteContextActivity(json, MoodleStatement.SiteOf(record));
        json.WriteEndArray();
        json.WriteStartArray("category"u8);
        XapiJson.WriteContextActivity(json, new ActivityText(record.School.BookRollUrl, SourceType, "BookRoll"));
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteStartObject("extensions"u8);
        json.WriteString(ExtensionBase + "operation_name", record.Kind.EventName);
        json.WriteNumber(ExtensionBase + "page_no", record.Detail);
        json.WriteStartObject(XapiJson.InfoExtension);
        json.WriteString("event_name"u8, record.Kind.EventName);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
