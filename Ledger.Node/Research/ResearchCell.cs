namespace Ledger.Node.Research;

/// <summary>A cell of a research table.</summary>
/// <param name="Verb">The exact IRI.</param>
/// <param name="Activity">What records are about; empty where they are about none.</param>
/// <param name="Week">The Monday of the week, in days since 1970-01-01 UTC: no date is finer.</param>
public readonly record struct ResearchCell(string Verb, string Activity, long Week) : IComparable<ResearchCell>
{
    private const int DaysOfWeek = 7;

    /// <summary>1970-01-01 was a Thursday.</summary>
    private const int DaysSinceMonday = 3;

    /// <summary>The Monday of the week of a day.</summary>
    public static long MondayOf(long day)
    {
        long past = (day + DaysSinceMonday) % DaysOfWeek;
        return day - (past < 0 ? past + DaysOfWeek : past);
    }

    /// <summary>By verb, then activity, then week.</summary>
    public int CompareTo(ResearchCell other)
    {
        int verb = string.CompareOrdinal(Verb, other.Verb);
        int activity = string.CompareOrdinal(Activity, other.Activity);
        return verb != 0 ? verb : activity != 0 ? activity : Week.CompareTo(other.Week);
    }
}
