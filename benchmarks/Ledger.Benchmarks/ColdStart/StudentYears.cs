using Ledger.Client.Features;
using Ledger.Client.Records;
using Ledger.Contracts.Protos;
using Ledger.Workload;

namespace Ledger.Benchmarks.ColdStart;

/// <summary>
/// Walks through a simulated year once and keeps, of some students, the packet's features before the summer, the
/// school's own features after each week behind it, and how the rest of the year went. Features are computed by the
/// code of the box, over the records as a tool sends them.
/// </summary>
public sealed class StudentYears
{
    private const long WeekMilliseconds = 7 * FeatureDefinition.DayMilliseconds;

    /// <summary>The first school day after the summer break: a Monday.</summary>
    private static readonly long MoveUnixMs =
        new DateTimeOffset(2018, 9, 3, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

    private readonly int weeks;
    private readonly Dictionary<int, Dictionary<string, FeatureCounter>> before = [];
    private readonly Dictionary<int, Dictionary<string, FeatureCounter>> after = [];
    private readonly Dictionary<int, List<double[]>> own = [];
    private readonly Dictionary<int, (int Right, int Wrong)> later = [];

    private int closed;

    private StudentYears(int weeks, IReadOnlyList<int> students)
    {
        this.weeks = weeks;
        foreach (int student in students)
        {
            before[student] = [];
            after[student] = [];
            own[student] = [];
            later[student] = (0, 0);
        }
    }

    /// <summary>
    /// Some students of a population; those of whom no outcome is known after the observed weeks are left out.
    /// </summary>
    public static IReadOnlyList<StudentYear> Of(
        Population population, IReadOnlyList<int> students, int weeks, CancellationToken interrupt)
    {
        StudentYears years = new(weeks, students);
        foreach (LearningRecord record in population.Records())
        {
            years.Add(record);
            interrupt.ThrowIfCancellationRequested();
        }

        years.CloseWeeks(weeks + 1);
        return
        [
            .. students
                .Where(student => years.later[student] is not (0, 0))
                .Select(student => new StudentYear(
                    student, population.TraitsOf(student), VectorOf(years.before[student]), years.own[student],
                    years.later[student].Right, years.later[student].Wrong)),
        ];
    }

    private void Add(LearningRecord record)
    {
        int week = record.TimeMilliseconds < MoveUnixMs
            ? -1
            : (int)((record.TimeMilliseconds - MoveUnixMs) / WeekMilliseconds);
        CloseWeeks(Math.Min(week, weeks) + 1);
        if (!before.TryGetValue(record.StudentIndex, out Dictionary<string, FeatureCounter>? old))
        {
            return;
        }

        if (week >= weeks)
        {
            (int right, int wrong) = later[record.StudentIndex];
            later[record.StudentIndex] =
                (right + (record.Success == true ? 1 : 0), wrong + (record.Success == false ? 1 : 0));
            return;
        }

        RecordType type = record.Tool == LearningTool.Caliper ? RecordType.CaliperEvent : RecordType.XapiStatement;
        RecordTraits traits = RecordTraitsReader.Read(type, record.ToJson());
        if (week < 0)
        {
            CounterOf(old, record.Verb.Iri).Add(traits);
        }
        else
        {
            // The vector asks for no activity, and naming them each week anew would take most of the time.
            CounterOf(after[record.StudentIndex], record.Verb.Iri).Add(traits with { Activity = string.Empty });
        }
    }

    // Records come in time order: with the first of a week the weeks before it are whole.
    private void CloseWeeks(int count)
    {
        for (; closed < count; closed++)
        {
            foreach ((int student, List<double[]> vectors) in own)
            {
                vectors.Add(VectorOf(after[student]));
            }
        }
    }

    private static FeatureCounter CounterOf(Dictionary<string, FeatureCounter> counters, string verb)
    {
        if (!counters.TryGetValue(verb, out FeatureCounter? counter))
        {
            counter = new FeatureCounter(MoveUnixMs);
            counters.Add(verb, counter);
        }

        return counter;
    }

    private static double[] VectorOf(Dictionary<string, FeatureCounter> counters) =>
        FeatureVector.Of(counters.ToDictionary(static one => one.Key, static one => one.Value.ToFeatures()));
}
