using System.Globalization;
using Ledger.Client.Features;
using Ledger.CommandLine.Hosting;
using Ledger.Contracts.Protos;
using Ledger.Contracts.Verbs;

namespace Ledger.CommandLine.Output;

/// <summary>A packet of features as tables.</summary>
internal static class FeatureText
{
    /// <summary>Adds whose features they are and what they say.</summary>
    public static void Describe(FeatureBody body, Answer answer)
    {
        answer.Field("box", Parties.Show(body.Box))
            .Field("reader", Parties.Show(body.Reader))
            .Field("learner", Parties.Show(body.Learner))
            .Field("purpose", body.Purpose.Length == 0 ? null : body.Purpose)
            .Table(
                "features",
                ["verb", "records", "first day", "last day", "days", "succeeded", "failed"],
                body.Verbs.Select(static verb => new object?[]
                {
                    VerbTable.Standard.Format(verb.Verb), verb.Features.Records,
                    DayOf(verb.Features, verb.Features.FirstDay), DayOf(verb.Features, verb.Features.LastDay),
                    verb.Features.Days, verb.Features.Succeeded, verb.Features.Failed,
                }))
            .Table("recency", ["verb", "days ago", "records"], body.Verbs.SelectMany(static verb =>
                verb.Features.Recency.Select((count, place) => new object?[]
                {
                    VerbTable.Standard.Format(verb.Verb), AgeOf(place), count,
                })))
            .Table("scores", ["verb", "band", "records"], body.Verbs.SelectMany(static verb =>
                verb.Features.ScoreBands.Select((count, place) => new object?[]
                {
                    VerbTable.Standard.Format(verb.Verb), BandOf(place), count,
                })))
            .Table("activities", ["verb", "activity", "records"], body.Verbs.SelectMany(static verb =>
                verb.Features.Activities.Select(one => new object?[]
                {
                    VerbTable.Standard.Format(verb.Verb), one.Activity, one.Records,
                })))
            .Table("skills", ["verb", "skill", "records", "succeeded", "failed"], body.Verbs.SelectMany(static verb =>
                verb.Features.Skills.Select(one => new object?[]
                {
                    VerbTable.Standard.Format(verb.Verb), one.Skill, one.Records, one.Succeeded, one.Failed,
                })));
    }

    private static string? DayOf(FeatureSet features, long day) => features.Days == 0
        ? null
        : new DateOnly(1970, 1, 1).AddDays(checked((int)day)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string AgeOf(int place)
    {
        IReadOnlyList<int> days = FeatureDefinition.RecencyDays;
        string first = place == 0 ? "0" : days[place - 1].ToString(CultureInfo.InvariantCulture);
        return place < days.Count
            ? string.Create(CultureInfo.InvariantCulture, $"{first} to {days[place] - 1}")
            : first + " and more";
    }

    private static string BandOf(int place) => string.Create(
        CultureInfo.InvariantCulture,
        $"{place * 100 / FeatureDefinition.Bands} to {(place + 1) * 100 / FeatureDefinition.Bands} %");
}
