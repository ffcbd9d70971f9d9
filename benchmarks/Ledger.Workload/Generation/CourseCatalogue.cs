namespace Ledger.Workload;

/// <summary>The courses that each school teaches, and what they hold.</summary>
public static class CourseCatalogue
{
    /// <summary>Teaching units of a course, spread evenly over the school year.</summary>
    public const int UnitCount = 12;

    /// <summary>Questions of a quiz.</summary>
    public const int QuestionCount = 10;

    /// <summary>Seconds of a video.</summary>
    public const int VideoSeconds = 900;

    private const int PagesLeast = 20;
    private const int PagesSpread = 40;

    private static readonly string[] Names =
    [
        "Mathematics", "English", "Science", "History", "Programming", "Statistics", "Geography", "Art",
    ];

    /// <summary>Courses of a school.</summary>
    public static int CourseCount => Names.Length;

    /// <summary>The name of a course.</summary>
    public static string NameOf(int course) => Names[course];

    /// <summary>Pages of the e-book of a unit; the same at every school, as schools share their books.</summary>
    public static int PagesOf(int course, int unit) =>
        PagesLeast + ((((course * UnitCount) + unit) * 17) % PagesSpread);
}
