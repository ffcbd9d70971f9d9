using Ledger.Contracts.Execution;

namespace Ledger.Contracts.Learners;

/// <summary>How much about learners can be open, and for how long. All times are block time.</summary>
public static class LearnerLimits
{
    /// <summary>
    /// How far ahead a guardianship may end, in ms: 25 years of 366 days, from birth to the highest age of majority.
    /// </summary>
    public const long GuardianshipMs = 25 * 366 * BlockDay.LengthMs;

    /// <summary>How many merges may follow one another: each look-up of a survivor takes as many steps.</summary>
    public const int MergeDepthMax = 8;

    /// <summary>Addresses merged into one learner: the list is written as a whole.</summary>
    public const int AbsorbedMax = 64;

    /// <summary>Parties of a recovery plan: each approval writes the list.</summary>
    public const int RecoveryPartiesMax = 16;

    /// <summary>The shortest delay of a recovery, in ms: a day, so that an alert can be read.</summary>
    public const long RecoveryDelayMsMin = BlockDay.LengthMs;

    /// <summary>The longest delay of a recovery, in ms: 90 days, after which a learner has lost a term.</summary>
    public const long RecoveryDelayMsMax = 90 * BlockDay.LengthMs;

    /// <summary>How long the parties have to approve, in ms: 30 days, as the members have for a ballot.</summary>
    public const long RecoveryApprovalMs = 30 * BlockDay.LengthMs;

    /// <summary>How long after its delay a recovery can be completed, in ms: 30 days.</summary>
    public const long RecoveryCompletionMs = 30 * BlockDay.LengthMs;

    /// <summary>How far ahead claims may end, in ms: 366 days, since codes on paper get lost.</summary>
    public const long ClaimMs = 366 * BlockDay.LengthMs;

    /// <summary>
    /// Claims of an institution that were neither used nor taken back: two years' intake of the largest universities.
    /// </summary>
    public const ulong OpenClaimsMax = 131_072;
}
