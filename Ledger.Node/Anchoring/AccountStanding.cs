using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.Node.Anchoring;

/// <summary>What this institution may do with the records of an account and a verb, at one height.</summary>
/// <param name="Rest">Why none of them may go onto the ledger; none where some may.</param>
/// <param name="Learner">The account's learner, or null.</param>
public sealed record AccountStanding(RestReason Rest, Address? Learner)
{
    /// <summary>The contract that the records belong to; null where none may go.</summary>
    public LlpcName? Llpc { get; init; }

    /// <summary>
    /// From when until when the learner was enrolled here, by the times of blocks, in ms since 1970-01-01 UTC; the end
    /// is beyond the last moment. Empty where a grant alone lets this institution write.
    /// </summary>
    public IReadOnlyList<(long FromUnixMs, long ToUnixMs)> Enrolled { get; init; } = [];

    /// <summary>The learner has asked for records that were stored before it enrolled.</summary>
    public bool WantsEarlier { get; init; }

    /// <summary>Why a record that was stored at a time rests; none where it goes.</summary>
    public RestReason RestOf(DateTimeOffset stored)
    {
        if (Rest != RestReason.None)
        {
            return Rest;
        }

        return IsLate(stored) && !WantsEarlier ? RestReason.BeforeEnrolment : RestReason.None;
    }

    /// <summary>Whether a record was stored while the learner was not enrolled: the ledger has it late.</summary>
    public bool IsLate(DateTimeOffset stored)
    {
        long time = stored.ToUnixTimeMilliseconds();
        return Enrolled.Count > 0 && !Enrolled.Any(term => term.FromUnixMs <= time && time < term.ToUnixMs);
    }
}
