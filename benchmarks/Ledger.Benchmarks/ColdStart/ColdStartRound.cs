using Ledger.Workload;

namespace Ledger.Benchmarks.ColdStart;

/// <summary>
/// One round: East trains on its own students of the year before, and predicts of the students who come from the three
/// other schools whether the rest of their year will go better than that of the median student of the year before.
/// </summary>
public sealed class ColdStartRound
{
    /// <summary>Seeds of the years before: far from those of the years themselves.</summary>
    private const ulong YearBefore = 0x9e37_79b9_7f4a_7c15;

    private readonly IReadOnlyList<StudentYear> training;
    private readonly IReadOnlyList<StudentYear> newcomers;
    private readonly ulong seed;
    private readonly double median;

    private ColdStartRound(
        ulong seed, IReadOnlyList<StudentYear> training, IReadOnlyList<StudentYear> newcomers)
    {
        this.seed = seed;
        this.training = training;
        this.newcomers = newcomers;
        double[] shares = [.. training.Select(static one => one.LaterShare).Order()];
        median = (shares[(shares.Length - 1) / 2] + shares[shares.Length / 2]) / 2;
    }

    /// <summary>The newcomers, in the order of their numbers.</summary>
    public IReadOnlyList<StudentYear> Newcomers => newcomers;

    /// <summary>Simulates both years.</summary>
    /// <param name="seed">Seed of the year; that of the year before follows from it.</param>
    /// <param name="weeks">Weeks that are observed at the new school.</param>
    /// <param name="every">Every so manieth student takes part; 1 for all.</param>
    /// <param name="interrupt">The user's.</param>
    public static ColdStartRound Simulate(ulong seed, int weeks, int every, CancellationToken interrupt)
    {
        int[] students = [.. Enumerable.Range(0, Population.StudentCount)
            .Where(student => student / Schools.Founding.Count % every == 0)];
        return new ColdStartRound(
            seed,
            StudentYears.Of(
                new Population(unchecked(seed + YearBefore)), [.. students.Where(IsAtEast)], weeks, interrupt),
            StudentYears.Of(
                new Population(seed), [.. students.Where(static one => !IsAtEast(one))], weeks, interrupt));
    }

    /// <summary>The share of newcomers of whom the prediction after so many weeks is right, 0 to 1.</summary>
    public double AccuracyOf(PacketUse use, int week)
    {
        LogisticModel model = LogisticModel.Train(
            RowsOf(training, use, week), [.. training.Select(IsAbove)]);
        IReadOnlyList<double[]> rows = RowsOf(newcomers, use, week);
        int right = newcomers.Where((one, place) => model.Predict(rows[place]) >= 0.5 == IsAbove(one)).Count();
        return (double)right / newcomers.Count;
    }

    /// <summary>Whether the rest of a student's year goes better than that of the median student.</summary>
    public bool IsAbove(StudentYear student) => student.LaterShare >= median;

    private IReadOnlyList<double[]> RowsOf(IReadOnlyList<StudentYear> students, PacketUse use, int week) =>
    [
        .. students.Select((one, place) => (double[])
        [
            .. one.Own[week],
            .. use switch
            {
                PacketUse.Without => [],
                PacketUse.With => one.Packet,
                PacketUse.Shuffled => students[(place + ShiftIn(students.Count)) % students.Count].Packet,
                PacketUse.Latent => new[] { (double)one.Traits.Ability },
                _ => throw new ArgumentOutOfRangeException(nameof(use)),
            },
        ]),
    ];

    // Packets move on by the same number of places, so that nobody keeps its own; traits do not depend on places.
    private int ShiftIn(int count) => 1 + (int)(seed % (ulong)(count - 1));

    private static bool IsAtEast(int student) => Schools.OfStudent(student) == Schools.East;
}
