using Ledger.Contracts.Protos;

namespace Ledger.Client.Features;

/// <summary>Whether the parts of a set of features make its records: what shows without the records.</summary>
public static class FeatureSums
{
    /// <summary>Whether they do, for so many counted records.</summary>
    public static bool Hold(FeatureSet features, UInt128 counted) =>
        features.Records == counted
        && Sum(features.Activities.Select(static one => one.Records)) + features.OtherActivities == counted
        && features.Recency.Count == FeatureDefinition.RecencyDays.Count + 1
        && Sum(features.Recency) + features.Undated == counted
        && features.ScoreBands.Count is 0 or FeatureDefinition.Bands
        && Sum(features.ScoreBands) <= counted
        && (UInt128)features.Succeeded + features.Failed <= counted
        && features.Activities.Count <= FeatureDefinition.ActivitiesMax
        && Rises(features.Activities.Select(static one => one.Activity))
        && features.Activities.All(static one => one.Records > 0)
        && features.Skills.Count <= FeatureDefinition.SkillsMax
        && Rises(features.Skills.Select(static one => one.Skill))
        && features.Skills.All(one =>
            one.Records > 0
            && one.Records <= counted
            && (UInt128)one.Succeeded + one.Failed <= one.Records
            && one.Succeeded <= features.Succeeded
            && one.Failed <= features.Failed)
        && AreDaysRight(features, counted - features.Undated);

    private static bool AreDaysRight(FeatureSet features, UInt128 dated) => dated == 0
        ? features is { Days: 0, FirstDay: 0, LastDay: 0 }
        : features.Days >= 1
            && features.Days <= dated
            && features.FirstDay >= FeatureDefinition.DayMin
            && features.FirstDay <= features.LastDay
            && features.LastDay <= FeatureDefinition.DayMax
            && (features.Days == 1) == (features.FirstDay == features.LastDay)
            && features.Days <= (ulong)(features.LastDay - features.FirstDay + 1);

    private static bool Rises(IEnumerable<string> names)
    {
        string before = string.Empty;
        foreach (string name in names)
        {
            if (string.CompareOrdinal(before, name) >= 0)
            {
                return false;
            }

            before = name;
        }

        return true;
    }

    private static UInt128 Sum(IEnumerable<ulong> numbers) =>
        numbers.Aggregate(UInt128.Zero, static (sum, number) => sum + number);
}
