using Ledger.Client.Records;
using Ledger.Contracts.Protos;

namespace Ledger.Client.Features;

/// <summary>
/// Counts the features of records of one learner and verb, in any order, as of a time. A pure computation: a box makes
/// packets by it, and whoever has the records compares them.
/// </summary>
/// <param name="asOfUnixMs">The block's time, from which days are counted back.</param>
public sealed class FeatureCounter(long asOfUnixMs)
{
    private readonly SortedDictionary<string, ulong> activities = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, SkillFeature> skills = new(StringComparer.Ordinal);
    private readonly SortedSet<long> days = [];
    private readonly ulong[] recency = new ulong[FeatureDefinition.RecencyDays.Count + 1];
    private readonly ulong[] bands = new ulong[FeatureDefinition.Bands];
    private readonly FeatureSet sum = new();

    /// <summary>Records counted so far.</summary>
    public ulong Records => sum.Records;

    /// <summary>
    /// Counts a record; throws <see cref="RecordFormatException"/>, and counts nothing, for what is none.
    /// </summary>
    public void Add(RecordType type, ReadOnlySpan<byte> committed) => Add(RecordTraitsReader.Read(type, committed));

    /// <summary>Counts what a record says.</summary>
    public void Add(RecordTraits record)
    {
        sum.Records++;
        AddTime(record.EventUnixMs);
        if (record.Activity.Length > 0)
        {
            activities[record.Activity] = activities.GetValueOrDefault(record.Activity) + 1;
        }

        if (record.Band is { } band)
        {
            bands[band]++;
        }

        sum.Succeeded += record.Success == true ? 1UL : 0;
        sum.Failed += record.Success == false ? 1UL : 0;
        foreach (string skill in record.Skills)
        {
            AddSkill(skill, record.Success);
        }
    }

    /// <summary>The features of what was counted.</summary>
    public FeatureSet ToFeatures()
    {
        FeatureSet features = sum.Clone();
        if (days.Count > 0)
        {
            features.FirstDay = days.Min;
            features.LastDay = days.Max;
            features.Days = (ulong)days.Count;
        }

        features.Recency.AddRange(recency);
        ActivityFeature[] kept = [.. activities
            .OrderByDescending(static one => one.Value)
            .ThenBy(static one => one.Key, StringComparer.Ordinal)
            .Take(FeatureDefinition.ActivitiesMax)
            .OrderBy(static one => one.Key, StringComparer.Ordinal)
            .Select(static one => new ActivityFeature { Activity = one.Key, Records = one.Value })];
        features.Activities.AddRange(kept);
        features.OtherActivities = kept.Aggregate(sum.Records, static (left, one) => left - one.Records);
        if (bands.Any(static count => count > 0))
        {
            features.ScoreBands.AddRange(bands);
        }

        SkillFeature[] stated = [.. skills.Values
            .OrderByDescending(static one => one.Records)
            .ThenBy(static one => one.Skill, StringComparer.Ordinal)
            .Take(FeatureDefinition.SkillsMax)
            .OrderBy(static one => one.Skill, StringComparer.Ordinal)
            .Select(static one => one.Clone())];
        features.Skills.AddRange(stated);
        features.OtherSkills = (ulong)(skills.Count - stated.Length);
        return features;
    }

    private void AddTime(long? eventUnixMs)
    {
        if (eventUnixMs is not { } time)
        {
            sum.Undated++;
            return;
        }

        days.Add(FeatureDefinition.DayOf(time));
        long age = FeatureDefinition.DayOf(asOfUnixMs) - FeatureDefinition.DayOf(time);
        int band = 0;
        while (band < FeatureDefinition.RecencyDays.Count && age >= FeatureDefinition.RecencyDays[band])
        {
            band++;
        }

        recency[band]++;
    }

    private void AddSkill(string skill, bool? success)
    {
        if (!skills.TryGetValue(skill, out SkillFeature? count))
        {
            count = new SkillFeature { Skill = skill };
            skills.Add(skill, count);
        }

        count.Records++;
        count.Succeeded += success == true ? 1UL : 0;
        count.Failed += success == false ? 1UL : 0;
    }
}
