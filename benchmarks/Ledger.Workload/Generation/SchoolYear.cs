namespace Ledger.Workload;

/// <summary>
/// The school year 2018/19: Mondays to Fridays outside three breaks, 08:00 to 22:00. The schools are fictional, so that
/// their local time is taken to be UTC.
/// </summary>
public static class SchoolYear
{
    /// <summary>Milliseconds of a cell.</summary>
    internal const int CellMilliseconds = 3_600_000;

    /// <summary>The hour at which a school day starts.</summary>
    public const int FirstHour = 8;

    /// <summary>The hour from which on nobody learns.</summary>
    public const int EndHour = 22;

    /// <summary>The hour at which lessons end and evening work begins.</summary>
    public const int EveningHour = 16;

    private const int ExamFactor = 16;
    private const int OrdinaryFactor = 10;
    private const int ExamDays = 10;

    /// <summary>Weights of the hours from the first on, with a pause at noon and a peak after supper.</summary>
    private static readonly int[] HourWeights = [60, 110, 120, 110, 45, 100, 110, 80, 40, 30, 35, 55, 60, 35];

    private static readonly (DateOnly First, DateOnly Last)[] Breaks =
    [
        (new DateOnly(2018, 4, 30), new DateOnly(2018, 5, 4)),
        (new DateOnly(2018, 7, 21), new DateOnly(2018, 9, 2)),
        (new DateOnly(2018, 12, 22), new DateOnly(2019, 1, 6)),
    ];

    /// <summary>The first school day.</summary>
    public static DateOnly FirstDay { get; } = new(2018, 4, 9);

    /// <summary>The last school day.</summary>
    public static DateOnly LastDay { get; } = new(2019, 3, 15);

    /// <summary>The school days in order.</summary>
    public static IReadOnlyList<DateOnly> Days { get; } = FindDays();

    /// <summary>The hours of all school days in order.</summary>
    internal static IReadOnlyList<TimeCell> Cells { get; } = FindCells();

    /// <summary>Whether a day is a school day.</summary>
    public static bool IsSchoolDay(DateOnly day) =>
        day >= FirstDay
        && day <= LastDay
        && day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)
        && !Breaks.Any(pause => day >= pause.First && day <= pause.Last);

    private static DateOnly[] FindDays()
    {
        var days = new List<DateOnly>();
        for (DateOnly day = FirstDay; day <= LastDay; day = day.AddDays(1))
        {
            if (IsSchoolDay(day))
            {
                days.Add(day);
            }
        }

        return days.ToArray();
    }

    private static TimeCell[] FindCells()
    {
        var cells = new List<TimeCell>();
        for (int number = 0; number < Days.Count; number++)
        {
            int unit = number * CourseCatalogue.UnitCount / Days.Count;
            int factor = IsExamDay(number) ? ExamFactor : OrdinaryFactor;
            for (int hour = FirstHour; hour < EndHour; hour++)
            {
                var start = new DateTimeOffset(Days[number], new TimeOnly(hour, 0), TimeSpan.Zero);
                cells.Add(new TimeCell(
                    start.ToUnixTimeMilliseconds(),
                    unit,
                    hour == FirstHour,
                    hour < EveningHour,
                    HourWeights[hour - FirstHour] * factor));
            }
        }

        return cells.ToArray();
    }

    /// <summary>The ten school days before the summer break and before the end of the year.</summary>
    private static bool IsExamDay(int number)
    {
        int ahead = Math.Min(number + ExamDays, Days.Count);
        return ahead == Days.Count || (Days[number] < Breaks[1].First && Days[ahead] > Breaks[1].Last);
    }
}
