using System.Text.Json;

namespace Ledger.Workload;

/// <summary>A Caliper 1.2 event of the school's course reader.</summary>
internal static class CaliperEvent
{
    private const string Context = "http://purl.imsglobal.org/ctx/caliper/v1p2";

    internal static void Write(Utf8JsonWriter json, in LearningRecord record)
    {
        json.WriteStartObject();
        json.WriteString("@context"u8, Context);
        json.WriteString("id"u8, $"urn:uuid:{record.Id:D}");
        json.WriteString("type"u8, record.Kind.EventName);
        json.WriteString("profile"u8, ProfileOf(record.Kind));
        WriteEntity(json, "actor", ActorOf(record), "Person");
        json.WriteString("action"u8, ActionOf(record.Verb));
        WriteObject(json, record);
        CaliperDetails.Write(json, record);
        json.WriteString("eventTime"u8, RecordJson.TimeOf(record));
        WriteReader(json, "edApp", record);
        json.WriteStartObject("group"u8);
        json.WriteString("id"u8, CourseOf(record));
        json.WriteString("type"u8, "CourseSection"u8);
        json.WriteString("name"u8, CourseCatalogue.NameOf(record.Course));
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>The IRI of the learner, by the pseudonymous account name.</summary>
    internal static string ActorOf(in LearningRecord record) =>
        $"{record.School.ReaderUrl}/users/{Accounts.MoodleName(record.PopulationSeed, record.StudentIndex)}";

    /// <summary>The IRI of what the event is about.</summary>
    internal static string ObjectOf(in LearningRecord record) => record.Kind.Object switch
    {
        ObjectKind.Site => record.School.ReaderUrl,
        ObjectKind.Document => $"{UnitOf(record)}/pages/{record.Detail}",
        ObjectKind.Quiz => $"{UnitOf(record)}/assessment",
        ObjectKind.Question => $"{UnitOf(record)}/assessment/items/{record.Detail + 1}",
        ObjectKind.Video => $"{UnitOf(record)}/video",
        ObjectKind.Forum => $"{CourseOf(record)}/forum",
        ObjectKind.Course or ObjectKind.Resource or ObjectKind.Assignment or ObjectKind.Discussion
            or ObjectKind.Package or ObjectKind.Book =>
            throw new InvalidOperationException($"The reader has no {record.Kind.Object}."),
        _ => throw new InvalidOperationException($"No object is defined for {record.Kind.Object}."),
    };

    /// <summary>Writes an entity that is nothing but an id and a type.</summary>
    internal static void WriteEntity(Utf8JsonWriter json, string member, string id, string type)
    {
        json.WriteStartObject(member);
        json.WriteString("id"u8, id);
        json.WriteString("type"u8, type);
        json.WriteEndObject();
    }

    /// <summary>In JSON an action is the last part of its IRI; the context turns it into the whole.</summary>
    private static string ActionOf(Verb verb) => verb.Iri[(verb.Iri.IndexOf('#', StringComparison.Ordinal) + 1)..];

    private static string CourseOf(in LearningRecord record) =>
        $"{record.School.ReaderUrl}/courses/{record.Course + 2}";

    private static string UnitOf(in LearningRecord record) => $"{CourseOf(record)}/units/{record.Unit + 1}";

    private static string ProfileOf(ActivityKind kind) => kind.EventName switch
    {
        "ViewEvent" or "NavigationEvent" => "ReadingProfile",
        "SessionEvent" => "SessionProfile",
        "AnnotationEvent" => "AnnotationProfile",
        "AssessmentEvent" or "AssessmentItemEvent" => "AssessmentProfile",
        "MediaEvent" => "MediaProfile",
        "ForumEvent" => "ForumProfile",
        _ => throw new InvalidOperationException($"No profile is defined for {kind.EventName}."),
    };

    private static string TypeOf(ObjectKind about) => about switch
    {
        ObjectKind.Site => "SoftwareApplication",
        ObjectKind.Document => "Page",
        ObjectKind.Quiz => "Assessment",
        ObjectKind.Question => "AssessmentItem",
        ObjectKind.Video => "VideoObject",
        ObjectKind.Forum => "Forum",
        ObjectKind.Course or ObjectKind.Resource or ObjectKind.Assignment or ObjectKind.Discussion
            or ObjectKind.Package or ObjectKind.Book =>
            throw new InvalidOperationException($"The reader has no {about}."),
        _ => throw new InvalidOperationException($"No type is defined for {about}."),
    };

    private static void WriteObject(Utf8JsonWriter json, in LearningRecord record)
    {
        if (record.Kind.Object == ObjectKind.Site)
        {
            WriteReader(json, "object", record);
            return;
        }

        json.WriteStartObject("object"u8);
        json.WriteString("id"u8, ObjectOf(record));
        json.WriteString("type"u8, TypeOf(record.Kind.Object));
        json.WriteString("name"u8, $"{CourseCatalogue.NameOf(record.Course)}: Unit {record.Unit + 1}");
        switch (record.Kind.Object)
        {
            case ObjectKind.Document:
                WriteEntity(json, "isPartOf", UnitOf(record), "Document");
                break;
            case ObjectKind.Question:
                WriteEntity(json, "isPartOf", $"{UnitOf(record)}/assessment", "Assessment");
                break;
            case ObjectKind.Video:
                json.WriteString("duration"u8, $"PT{CourseCatalogue.VideoSeconds}S");
                break;
        }

        json.WriteEndObject();
    }

    private static void WriteReader(Utf8JsonWriter json, string member, in LearningRecord record)
    {
        json.WriteStartObject(member);
        json.WriteString("id"u8, record.School.ReaderUrl);
        json.WriteString("type"u8, "SoftwareApplication"u8);
        json.WriteString("name"u8, $"{record.School.Name} Reader");
        json.WriteEndObject();
    }
}
