namespace Ledger.Node.Cohorts;

/// <summary>
/// Whether two answers together tell of a few learners. Whoever subtracts one from the other gets a sum over those
/// learners alone whose records the two count differently, and for the number of learners over those whom one counts
/// and the other does not: each must be nobody, or as many as an answer must be of. Rule Y-4 of <c>docs/cohorts.md</c>.
/// </summary>
public static class CohortDifference
{
    /// <summary>Whether it tells of fewer than <paramref name="learnersMin"/> learners, and of some.</summary>
    /// <param name="one">What is counted of each learner: records, none of them 0.</param>
    /// <param name="other">The same of another answer.</param>
    /// <param name="learnersMin">Learners of an answer at the least.</param>
    /// <typeparam name="TLearner">What a learner is known by: the same in both.</typeparam>
    /// <typeparam name="T">What is counted.</typeparam>
    public static bool TellsOfFew<TLearner, T>(
        IReadOnlyDictionary<TLearner, T> one, IReadOnlyDictionary<TLearner, T> other, int learnersMin)
        where TLearner : struct
        where T : struct, IEquatable<T>
    {
        int members = 0;
        int counts = 0;
        foreach ((TLearner learner, T records) in one)
        {
            bool isThere = other.TryGetValue(learner, out T others);
            members += isThere ? 0 : 1;
            counts += isThere && records.Equals(others) ? 0 : 1;
        }

        int added = other.Keys.Count(learner => !one.ContainsKey(learner));
        return IsFew(members + added, learnersMin) || IsFew(counts + added, learnersMin);
    }

    private static bool IsFew(int learners, int learnersMin) => learners > 0 && learners < learnersMin;
}
