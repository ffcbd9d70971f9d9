namespace Ledger.Client.Features;

/// <summary>The definition of features, version 1: what is counted, and how finely.</summary>
public static class FeatureDefinition
{
    /// <summary>The version that this program computes and knows.</summary>
    public const uint Version = 1;

    /// <summary>Activities of a verb in a packet: the courses and tools of some years; the rest is a number.</summary>
    public const int ActivitiesMax = 256;

    /// <summary>Skills of a verb in a packet, as many as activities.</summary>
    public const int SkillsMax = 256;

    /// <summary>
    /// Bands of scores. A tenth tells how a learner does, and not which of a school's marks it got.
    /// </summary>
    public const int Bands = 10;

    /// <summary>The days of the first and the last date that an event can have: of the years 1 and 9999.</summary>
    public const long DayMin = -719_162;

    /// <inheritdoc cref="DayMin"/>
    public const long DayMax = 2_932_896;

    /// <summary>Days of a week, a month, a term and a year of weeks, counted back from the block's time.</summary>
    public static IReadOnlyList<int> RecencyDays { get; } = [7, 28, 84, 364];

    /// <summary>Milliseconds of a day.</summary>
    public const long DayMilliseconds = 86_400_000;

    /// <summary>The day of a time in ms, since 1970-01-01 UTC; earlier days are negative.</summary>
    public static long DayOf(long unixMs) =>
        unixMs >= 0 ? unixMs / DayMilliseconds : -((-unixMs + DayMilliseconds - 1) / DayMilliseconds);
}
