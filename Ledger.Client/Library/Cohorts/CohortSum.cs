using Ledger.Client.Protos;

namespace Ledger.Client.Cohorts;

/// <summary>
/// Counts of several boxes together. Who is enrolled at two of them counts twice: boxes do not tell whom they counted.
/// </summary>
/// <param name="Learners">Enrolments with a record that counts; null where they are fewer than may be told.</param>
/// <param name="Records">Those records; null likewise.</param>
public sealed record CohortSum(UInt128? Learners, UInt128? Records)
{
    /// <summary>The sum of answers, told where so many learners are in it.</summary>
    public static CohortSum Of(IReadOnlyCollection<CohortBody> answers, int learnersMin)
    {
        UInt128 learners = answers.Aggregate(UInt128.Zero, static (sum, one) => sum + one.Learners);
        UInt128 records = answers.Aggregate(UInt128.Zero, static (sum, one) => sum + one.Records);
        return learners >= (UInt128)Math.Max(learnersMin, CohortLimits.LearnersMinLeast)
            ? new CohortSum(learners, records)
            : new CohortSum(null, null);
    }
}
