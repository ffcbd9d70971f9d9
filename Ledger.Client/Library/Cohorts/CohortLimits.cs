namespace Ledger.Client.Cohorts;

/// <summary>What a question about a cohort may hold, and how small a cohort may be.</summary>
public static class CohortLimits
{
    /// <summary>
    /// Learners of an answer where an institution says nothing else: the number below which statistics offices and
    /// research data centres commonly suppress a cell.
    /// </summary>
    public const int LearnersMinUsual = 10;

    /// <summary>An institution may ask for more, and for no fewer: a count of four is about persons.</summary>
    public const int LearnersMinLeast = 5;

    /// <summary>Activities of a question, as many as a filter of a read may name.</summary>
    public const int ActivitiesMax = Limits.LimitsForm.ActivitiesMax;

    /// <summary>The day after the last date that there is: no question reaches further.</summary>
    public const long DayMax = Features.FeatureDefinition.DayMax + 1;
}
