namespace Ledger.Workload;

/// <summary>
/// The sessions that run at the same time. Each record comes from one of them, so that records arrive in bursts of one
/// student in one tool, interleaved with those of others. Mutable; one per stream.
/// </summary>
internal sealed class SessionBoard
{
    /// <summary>With about 200 records an hour, twelve sessions make one last about an hour.</summary>
    private const int SeatCount = 12;

    private readonly ulong seed;
    private readonly IReadOnlyList<Student> students;
    private readonly WeightedTable inSchool;
    private readonly WeightedTable inEvening;
    private readonly Xoshiro256 random;
    private readonly Session[] seats = new Session[SeatCount];

    internal SessionBoard(ulong seed, IReadOnlyList<Student> students, Xoshiro256 random)
    {
        this.seed = seed;
        this.students = students;
        this.random = random;
        inSchool = new WeightedTable(students.Select(student => student.SchoolWeight).ToArray());
        inEvening = new WeightedTable(students.Select(student => student.EveningWeight).ToArray());
        for (int i = 0; i < SeatCount; i++)
        {
            seats[i] = new Session();
        }
    }

    /// <summary>Sends everyone home: no session lasts over night.</summary>
    internal void EndDay()
    {
        foreach (Session session in seats)
        {
            session.Break();
        }
    }

    /// <summary>The next record, in the given hour.</summary>
    internal LearningRecord Next(int number, long timeMilliseconds, in TimeCell cell)
    {
        Session session = seats[random.Below(SeatCount)];
        if (session.IsOver)
        {
            WeightedTable table = cell.InSchool ? inSchool : inEvening;
            session.Begin(students[table.Draw(random)], cell.Unit, random);
        }

        return session.Next(seed, number, timeMilliseconds, random);
    }
}
