using System.Text.Json;

namespace Ledger.Workload;

/// <summary>The xAPI statement of a Moodle event, in the shape that Moodle's log-store plug-in gives it.</summary>
internal static class MoodleStatement
{
    private const string MoodleVersion = "3.5";
    private const string PluginVersion = "4.4.0";
    private const string SiteType = "http://id.tincanapi.com/activitytype/site";
    private const string CourseType = "http://id.tincanapi.com/activitytype/lms/course";
    private const string SourceType = "http://id.tincanapi.com/activitytype/source";
    private const string QuestionType = "http://adlnet.gov/expapi/activities/cmi.interaction";

    internal static void Write(Utf8JsonWriter json, in LearningRecord record)
    {
        json.WriteStartObject();
        XapiJson.WriteHead(
            json, record, record.School.MoodleUrl, Accounts.MoodleName(record.PopulationSeed, record.StudentIndex));
        json.WriteStartObject("object"u8);
        XapiJson.StartActivity(json, ObjectOf(record));
        if (record.Kind.Object == ObjectKind.Question)
        {
            json.WriteString("interactionType"u8, "choice"u8);
        }

        XapiJson.EndActivity(json);
        json.WriteEndObject();
        XapiJson.WriteResult(json, record);
        WriteContext(json, record);
        json.WriteString("timestamp"u8, RecordJson.TimeOf(record));
        json.WriteEndObject();
    }

    /// <summary>The course as an activity; BookRoll names the same one, as it is launched from there.</summary>
    internal static ActivityText CourseOf(in LearningRecord record) =>
        new($"{record.School.MoodleUrl}/course/view.php?id={record.Course + 2}", CourseType,
            CourseCatalogue.NameOf(record.Course));

    /// <summary>The school's Moodle as an activity.</summary>
    internal static ActivityText SiteOf(in LearningRecord record) =>
        new(record.School.MoodleUrl, SiteType, $"{record.School.Name} Moodle");

    private static ActivityText ObjectOf(in LearningRecord record) => record.Kind.Object switch
    {
        ObjectKind.Site => SiteOf(record),
        ObjectKind.Course => CourseOf(record),
        ObjectKind.Resource => Module(record, "resource", "http://id.tincanapi.com/activitytype/resource", "Handout"),
        ObjectKind.Quiz => Module(record, "quiz", "http://adlnet.gov/expapi/activities/assessment", "Quiz"),
        ObjectKind.Question => new($"{record.School.MoodleUrl}/question/preview.php?id={QuestionNumber(record)}",
            QuestionType, $"Question {record.Detail + 1}"),
        ObjectKind.Assignment =>
            Module(record, "assign", "http://id.tincanapi.com/activitytype/school-assignment", "Assignment"),
        ObjectKind.Forum => Module(record, "forum", "http://id.tincanapi.com/activitytype/discussion", "Forum"),
        ObjectKind.Discussion => new($"{record.School.MoodleUrl}/mod/forum/discuss.php?d={QuestionNumber(record)}",
            "http://id.tincanapi.com/activitytype/forum-topic", $"Discussion {record.Detail + 1}"),
        ObjectKind.Package => Module(record, "scorm", "http://adlnet.gov/expapi/activities/module", "Package"),
        ObjectKind.Book or ObjectKind.Document or ObjectKind.Video =>
            throw new InvalidOperationException($"Moodle has no {record.Kind.Object}."),
        _ => throw new InvalidOperationException($"No object is defined for {record.Kind.Object}."),
    };

    private static ActivityText Module(in LearningRecord record, string module, string type, string name) =>
        new($"{record.School.MoodleUrl}/mod/{module}/view.php?id={UnitNumber(record)}", type,
            $"{CourseCatalogue.NameOf(record.Course)}: {name} {record.Unit + 1}");

    private static int UnitNumber(in LearningRecord record) =>
        100 + (record.Course * CourseCatalogue.UnitCount) + record.Unit;

    private static int QuestionNumber(in LearningRecord record) =>
        (UnitNumber(record) * CourseCatalogue.QuestionCount) + record.Detail;

    private static void WriteContext(Utf8JsonWriter json, in LearningRecord record)
    {
        json.WriteStartObject("context"u8);
        json.WriteString("platform"u8, "Moodle"u8);
        json.WriteString("language"u8, XapiJson.Language);
        json.WriteStartObject("contextActivities"u8);
        json.WriteStartArray("grouping"u8);
        XapiJson.WriteContextActivity(json, SiteOf(record));
        XapiJson.WriteContextActivity(json, CourseOf(record));
        json.WriteEndArray();
        json.WriteStartArray("category"u8);
        XapiJson.WriteContextActivity(json, new ActivityText("http://moodle.org", SourceType, "Moodle"));
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteStartObject("extensions"u8);
        json.WriteStartObject(XapiJson.InfoExtension);
        json.WriteString("http://moodle.org"u8, MoodleVersion);
        json.WriteString("https://github.com/xAPI-vle/moodle-logstore_xapi"u8, PluginVersion);
        json.WriteString("event_name"u8, record.Kind.EventName);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
