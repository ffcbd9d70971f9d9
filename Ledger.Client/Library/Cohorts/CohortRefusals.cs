using Ledger.Client.Boxes;

namespace Ledger.Client.Cohorts;

/// <summary>Why a box tells no count. None of them says how many learners there are.</summary>
public static class CohortRefusals
{
    /// <summary>Counts are for members of the consortium.</summary>
    public static BoxRefusal NotAMember { get; } = Denied(
        "NOT_A_MEMBER", "asker", "counts over learners are for members of the consortium");

    /// <summary>The institution has decided to answer none.</summary>
    public static BoxRefusal NoCohorts { get; } = Denied(
        "NO_COHORTS", "", "this institution answers no questions about cohorts");

    /// <summary>Fewer learners than the institution tells, or none.</summary>
    public static BoxRefusal TooFewLearners { get; } = Denied(
        "TOO_FEW_LEARNERS", "question", "fewer learners have such a record than this institution tells, or none has");

    /// <summary>The difference from an earlier answer would be about a few learners.</summary>
    public static BoxRefusal DiffersByFew { get; } = Denied(
        "DIFFERS_BY_FEW",
        "question",
        "with an answer that this box has given before, this one would tell of fewer learners than it may");

    /// <summary>The box has given as many answers as it compares with.</summary>
    public static BoxRefusal TooManyAnswers { get; } = Denied(
        "TOO_MANY_ANSWERS",
        "",
        "this box has given as many different answers as it can keep apart, and gives no new ones");

    private static BoxRefusal Denied(string code, string path, string sentence) =>
        new(BoxRefusalKind.Denied, code, path, sentence);
}
