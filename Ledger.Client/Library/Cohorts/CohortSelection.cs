using Ledger.Client.Features;
using Ledger.Client.Limits;
using Ledger.Client.Protos;
using Ledger.Client.Records;

namespace Ledger.Client.Cohorts;

/// <summary>Which records a question counts: by the day of their event, and by what they are about.</summary>
public static class CohortSelection
{
    /// <summary>
    /// Whether a committed record of the question's verb counts. A record whose time cannot be read is in no span of
    /// days. Throws <see cref="RecordFormatException"/> for bytes that are no record.
    /// </summary>
    public static bool Counts(CohortQuestion question, RecordType type, ReadOnlySpan<byte> committed) =>
        (question.UntilDay == 0 || IsWithin(question, RecordTraitsReader.Read(type, committed).EventUnixMs))
        && (question.Activities.Count == 0 || RecordActivities.Of(type, committed).Overlaps(question.Activities));

    private static bool IsWithin(CohortQuestion question, long? eventUnixMs) =>
        eventUnixMs is { } time
        && FeatureDefinition.DayOf(time) >= question.FromDay
        && FeatureDefinition.DayOf(time) < question.UntilDay;
}
