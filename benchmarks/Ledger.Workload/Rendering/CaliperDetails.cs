using System.Text.Json;

namespace Ledger.Workload;

/// <summary>The members of a Caliper event beyond actor, action and object that its type asks for.</summary>
internal static class CaliperDetails
{
    private const int CharactersOfPage = 2_000;
    private const int CharactersHighlighted = 80;

    internal static void Write(Utf8JsonWriter json, in LearningRecord record)
    {
        switch (record.Kind.EventName)
        {
            case "AnnotationEvent":
                WriteAnnotation(json, record);
                break;
            case "AssessmentEvent":
                json.WriteStartObject("generated"u8);
                WriteAttemptMembers(json, record, CaliperEvent.ObjectOf(record));
                json.WriteEndObject();
                break;
            case "AssessmentItemEvent":
                if (record.Verb.Iri.EndsWith("#Completed", StringComparison.Ordinal))
                {
                    WriteResponse(json, record);
                }

                break;
            case "MediaEvent":
                WriteLocation(json, record);
                break;
            case "SessionEvent":
                CaliperEvent.WriteEntity(json, "session", SessionOf(record), "Session");
                break;
            case "ViewEvent":
            case "NavigationEvent":
            case "ForumEvent":
                break;
            default:
                throw new InvalidOperationException($"No details are defined for {record.Kind.EventName}.");
        }
    }

    private static string SessionOf(in LearningRecord record) =>
        $"{record.School.ReaderUrl}/sessions/{Accounts.MoodleName(record.PopulationSeed, record.StudentIndex)}"
        + $"-{record.Timestamp.UtcDateTime.ToString("yyyyMMdd", System.Globalization.CultureInfo.InvariantCulture)}";

    private static void WriteAnnotation(Utf8JsonWriter json, in LearningRecord record)
    {
        bool isHighlight = record.Verb.Iri.EndsWith("#Highlighted", StringComparison.Ordinal);
        json.WriteStartObject("generated"u8);
        json.WriteString("id"u8, $"{record.School.ReaderUrl}/annotations/{record.Id:D}");
        json.WriteString("type"u8, isHighlight ? "HighlightAnnotation"u8 : "BookmarkAnnotation"u8);
        json.WriteString("annotator"u8, CaliperEvent.ActorOf(record));
        json.WriteString("annotated"u8, CaliperEvent.ObjectOf(record));
        if (isHighlight)
        {
            int start = record.Number % (CharactersOfPage - CharactersHighlighted);
            json.WriteStartObject("selection"u8);
            json.WriteString("type"u8, "TextPositionSelector"u8);
            json.WriteNumber("start"u8, start);
            json.WriteNumber("end"u8, start + CharactersHighlighted);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteResponse(Utf8JsonWriter json, in LearningRecord record)
    {
        json.WriteStartObject("generated"u8);
        json.WriteString("id"u8, $"{CaliperEvent.ObjectOf(record)}/responses/{record.Id:D}");
        json.WriteString("type"u8, "Response"u8);
        json.WriteStartObject("attempt"u8);
        WriteAttemptMembers(json, record, CaliperEvent.ObjectOf(record));
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteAttemptMembers(Utf8JsonWriter json, in LearningRecord record, string assignable)
    {
        string name = Accounts.MoodleName(record.PopulationSeed, record.StudentIndex);
        json.WriteString("id"u8, $"{assignable}/attempts/{name}");
        json.WriteString("type"u8, "Attempt"u8);
        json.WriteString("assignee"u8, CaliperEvent.ActorOf(record));
        json.WriteString("assignable"u8, assignable);
        json.WriteNumber("count"u8, 1);
    }

    private static void WriteLocation(Utf8JsonWriter json, in LearningRecord record)
    {
        json.WriteStartObject("target"u8);
        json.WriteString("id"u8, $"{CaliperEvent.ObjectOf(record)}?t={record.Detail}");
        json.WriteString("type"u8, "MediaLocation"u8);
        json.WriteString("currentTime"u8, $"PT{record.Detail}S");
        json.WriteString("isPartOf"u8, CaliperEvent.ObjectOf(record));
        json.WriteEndObject();
    }
}
