using System.Text.Json;

namespace Ledger.Workload;

/// <summary>The parts that the xAPI statements of both tools share.</summary>
internal static class XapiJson
{
    /// <summary>The extension under which log-store plug-ins put the name of the tool's own event.</summary>
    internal const string InfoExtension = "http://lrs.learninglocker.net/define/extensions/info";

    /// <summary>The language of all texts.</summary>
    internal const string Language = "en";

    private const int ScoreMost = 100;

    /// <summary>Writes id, actor and verb.</summary>
    internal static void WriteHead(Utf8JsonWriter json, in LearningRecord record, string homePage, string accountName)
    {
        json.WriteString("id"u8, record.Id);
        json.WriteStartObject("actor"u8);
        json.WriteString("objectType"u8, "Agent"u8);
        json.WriteStartObject("account"u8);
        json.WriteString("homePage"u8, homePage);
        json.WriteString("name"u8, accountName);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteStartObject("verb"u8);
        json.WriteString("id"u8, record.Verb.Iri);
        json.WriteStartObject("display"u8);
        json.WriteString(Language, record.Verb.Label.ToLowerInvariant());
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>Opens an activity's definition, which the caller may add to before <see cref="EndActivity"/>.</summary>
    internal static void StartActivity(Utf8JsonWriter json, in ActivityText activity)
    {
        json.WriteString("objectType"u8, "Activity"u8);
        json.WriteString("id"u8, activity.Id);
        json.WriteStartObject("definition"u8);
        json.WriteString("type"u8, activity.Type);
        json.WriteStartObject("name"u8);
        json.WriteString(Language, activity.Name);
        json.WriteEndObject();
    }

    internal static void EndActivity(Utf8JsonWriter json) => json.WriteEndObject();

    /// <summary>Writes one entry of a list of context activities.</summary>
    internal static void WriteContextActivity(Utf8JsonWriter json, in ActivityText activity)
    {
        json.WriteStartObject();
        StartActivity(json, activity);
        EndActivity(json);
        json.WriteEndObject();
    }

    /// <summary>
    /// Writes the result, if the record bears one. The scaled score is a decimal number, never a binary fraction.
    /// </summary>
    internal static void WriteResult(Utf8JsonWriter json, in LearningRecord record)
    {
        if (record.Kind.Outcome == OutcomeKind.None)
        {
            return;
        }

        json.WriteStartObject("result"u8);
        if (record.Score is { } score)
        {
            json.WriteStartObject("score"u8);
            json.WriteNumber("scaled"u8, (decimal)score / ScoreMost);
            json.WriteNumber("raw"u8, score);
            json.WriteNumber("min"u8, 0);
            json.WriteNumber("max"u8, ScoreMost);
            json.WriteEndObject();
        }

        if (record.Success is { } success)
        {
            json.WriteBoolean("success"u8, success);
        }

        json.WriteBoolean("completion"u8, true);
        json.WriteEndObject();
    }
}
