namespace Ledger.Workload;

/// <summary>
/// The paper's sample: exactly 500 records of exactly 291 students out of the whole population, no two of them with the
/// same student and verb, so that each makes a learner contract (LLPC) of its own.
/// </summary>
/// <remarks>
/// <para>Think of all 498,842 records in a random order that the seed fixes. The rule:</para>
/// <list type="number">
/// <item>The first record in that order with the demonstration's verb of a student of school North is taken.</item>
/// <item>Then the order is walked from its start. A record with a new (student, verb) is taken if its student is not in
/// the sample and students are missing, or is in it and more places are free than students are missing.</item>
/// <item>It ends with 500 records; they are given back in time order.</item>
/// </list>
/// <para>The walk considers the first record of each (student, verb) in the random order only, so one pass over the
/// stream that keeps that one is enough: at most 651 students times the verbs of the catalogue, whatever the number of
/// records. The rule cannot fail: every student has two verbs from the first day, so 291 of them have 582 pairs.</para>
/// </remarks>
public sealed class PaperSample
{
    /// <summary>The code of the verb that the demonstration grants, Caliper's Viewed: 52, shown as 0x34.</summary>
    public const int DemonstrationVerbId = 52;

    /// <summary>Draws the sample from the population of this seed.</summary>
    public PaperSample(ulong seed)
    {
        Seed = seed;
        Records = Walk(FirstOfEachPair(new Population(seed)));
        Students = Records.Select(record => record.StudentIndex).Distinct().ToArray();
    }

    /// <summary>The seed.</summary>
    public ulong Seed { get; }

    /// <summary>The 500 records in time order.</summary>
    public IReadOnlyList<LearningRecord> Records { get; }

    /// <summary>The population's indices of the 291 students, in the order in which they first occur.</summary>
    public IReadOnlyList<int> Students { get; }

    /// <summary>The record that is first in the random order, for each (student, verb); sorted in that order.</summary>
    private static List<Candidate> FirstOfEachPair(Population population)
    {
        int verbCount = ActivityCatalogue.Verbs.Count;
        var firsts = new Candidate?[Population.StudentCount * verbCount];
        foreach (LearningRecord record in population.Records())
        {
            ulong rank = SplitMix64.At(population.Seed, StreamPurpose.SampleOrder, (ulong)record.Number);
            ref Candidate? first = ref firsts[(record.StudentIndex * verbCount) + record.Kind.VerbIndex];
            if (first is not { } held || rank < held.Rank)
            {
                first = new Candidate(rank, record);
            }
        }

        List<Candidate> candidates = firsts.OfType<Candidate>().ToList();
        candidates.Sort((one, other) => one.Rank.CompareTo(other.Rank));
        return candidates;
    }

    private static LearningRecord[] Walk(List<Candidate> candidates)
    {
        var taken = new List<LearningRecord>(PaperFigures.SampleRecords);
        var students = new HashSet<int>();
        LearningRecord anchor = candidates.First(IsDemonstration).Record;
        taken.Add(anchor);
        students.Add(anchor.StudentIndex);
        foreach (Candidate candidate in candidates)
        {
            if (taken.Count == PaperFigures.SampleRecords)
            {
                break;
            }

            LearningRecord record = candidate.Record;
            int missing = PaperFigures.SampleStudents - students.Count;
            bool isKnown = students.Contains(record.StudentIndex);
            bool fits = isKnown ? PaperFigures.SampleRecords - taken.Count > missing : missing > 0;
            if (fits && record.Number != anchor.Number)
            {
                taken.Add(record);
                students.Add(record.StudentIndex);
            }
        }

        return taken.OrderBy(record => record.Number).ToArray();
    }

    private static bool IsDemonstration(Candidate candidate) =>
        candidate.Record.Verb.Id == DemonstrationVerbId && candidate.Record.SchoolIndex == Schools.North.Index;

    private readonly record struct Candidate(ulong Rank, LearningRecord Record);
}
