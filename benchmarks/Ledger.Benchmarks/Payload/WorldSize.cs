namespace Ledger.Benchmarks.Payload;

/// <summary>How many learners a school has, and contracts each of them.</summary>
/// <param name="Learners">Enrolled learners.</param>
/// <param name="Verbs">Verbs, each with a contract of every learner.</param>
public sealed record WorldSize(int Learners, int Verbs)
{
    /// <summary>Enough that no two transactions of a small block meet in one contract as a rule.</summary>
    public static WorldSize Usual { get; } = new(64, 8);
}
