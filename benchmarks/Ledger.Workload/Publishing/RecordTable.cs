namespace Ledger.Workload;

/// <summary>The columns in which records are published.</summary>
internal static class RecordTable
{
    internal static readonly IReadOnlyList<PublishedColumn<LearningRecord>> Columns =
    [
        new("number", "place in the population, from 0, in time order", record => record.Number),
        new("id", "UUID: `id` of the statement, and of the event after `urn:uuid:`", record => record.Id),
        new("time", "when, ISO 8601 in UTC with milliseconds", record => RecordJson.TimeOf(record)),
        new("student", "the student's number, 0 to 650: `students.csv`", record => record.StudentIndex),
        new("school", "north, south, east or west: the student's only school", record => record.School.Key),
        new("tool", "Moodle, BookRoll or Caliper", record => record.Tool),
        new("event", "Moodle's event class, BookRoll's operation or Caliper's event type", record =>
            record.Kind.EventName),
        new("verb_code", "the verb's number in the ledger's table of verbs", record => record.Verb.Id),
        new("verb", "the verb's IRI", record => record.Verb.Iri),
        new("object", "what it is about", record => record.Kind.Object),
        new("course", "course of the school, from 0", record => record.Course),
        new("unit", "teaching unit of the course, from 0", record => record.Unit),
        new("detail", "page from 1, question from 0 or second of a video, by the kind of object", record =>
            record.Detail),
        new("score", "0 to 100 points; empty where the kind bears none", record => record.Score),
        new("success", "1 right or passed, 0 not; empty where the kind bears none", record =>
            record.Success switch { null => null, true => 1, false => 0 }),
    ];
}
