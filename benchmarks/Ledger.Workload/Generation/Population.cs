namespace Ledger.Workload;

/// <summary>
/// The paper's whole population: exactly 498,842 records of exactly 651 students over a school year, in time order. The
/// same seed gives the same records on every machine. Memory does not grow with the records read. Immutable; every
/// enumeration of <see cref="Records"/> is a stream of its own.
/// </summary>
public sealed class Population
{
    private static readonly ActivityKind Enrolment =
        ActivityCatalogue.Find(LearningTool.Moodle, MoodleActivities.Enrolled, "Registered");

    private static readonly ActivityKind FirstView =
        ActivityCatalogue.Find(LearningTool.Caliper, CaliperActivities.View, "Viewed");

    private readonly Student[] students;
    private readonly int[] enrolmentOrder;

    /// <summary>Any seed is fine.</summary>
    public Population(ulong seed)
    {
        Seed = seed;
        students = Enumerable.Range(0, StudentCount).Select(index => new Student(seed, index)).ToArray();
        enrolmentOrder = Enumerable.Range(0, StudentCount)
            .OrderBy(index => SplitMix64.At(seed, StreamPurpose.EnrolmentOrder, (ulong)index))
            .ToArray();
    }

    /// <summary>Students: 651.</summary>
    public static int StudentCount => PaperFigures.PopulationStudents;

    /// <summary>Records: 498,842.</summary>
    public static int RecordCount => PaperFigures.PopulationRecords;

    /// <summary>The seed.</summary>
    public ulong Seed { get; }

    /// <summary>The latent traits of a student.</summary>
    public StudentTraits TraitsOf(int studentIndex) => students[studentIndex].Traits;

    /// <summary>
    /// Streams all records in time order. The hours of the year receive shares of the total that add up exactly, and
    /// inside an hour records are spread evenly with a jitter that keeps their order. Every student starts with two
    /// records of orientation, so that each occurs and has at least two verbs.
    /// </summary>
    public IEnumerable<LearningRecord> Records()
    {
        var random = new Xoshiro256(Seed, StreamPurpose.Events, 0);
        var board = new SessionBoard(Seed, students, random);
        long weightSum = SchoolYear.Cells.Sum(cell => (long)cell.Weight);
        long weight = 0;
        int number = 0;
        foreach (TimeCell cell in SchoolYear.Cells)
        {
            if (cell.StartsDay)
            {
                board.EndDay();
            }

            weight += cell.Weight;
            int end = (int)(RecordCount * weight / weightSum);
            int start = number;
            for (; number < end; number++)
            {
                long jittered = ((long)(number - start) * SchoolYear.CellMilliseconds)
                    + random.Below(SchoolYear.CellMilliseconds);
                long time = cell.StartMilliseconds + (jittered / (end - start));
                yield return number < 2 * StudentCount ? Orient(number, time) : board.Next(number, time, cell);
            }
        }
    }

    /// <summary>First every student is enrolled, in a shuffled order; then each looks into the reader.</summary>
    private LearningRecord Orient(int number, long time)
    {
        int student = enrolmentOrder[number % StudentCount];
        int course = students[student].Traits.FavouriteCourse;
        return number < StudentCount
            ? new LearningRecord(Seed, number, student, Enrolment, time, course, 0, 0, null, null)
            : new LearningRecord(Seed, number, student, FirstView, time, course, 0, 1, null, null);
    }
}
