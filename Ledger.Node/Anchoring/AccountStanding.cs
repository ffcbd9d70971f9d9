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
    /// From when until when the learner was enrolled here, and since when its open grants let this institution write,
    /// by the times of blocks, in ms since 1970-01-01 UTC; the end is beyond the last moment.
    /// </summary>
    public IReadOnlyList<(long FromUnixMs, long ToUnixMs)> Terms { get; init; } = [];

    /// <summary>The learner has asked for records that were stored outside these terms.</summary>
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

    /// <summary>
    /// Whether a record was stored while this institution might not write for the learner: the ledger has it late.
    /// </summary>
    public bool IsLate(DateTimeOffset stored)
    {
        long time = stored.ToUnixTimeMilliseconds();
        return Terms.Count > 0 && !Terms.Any(term => term.FromUnixMs <= time && time < term.ToUnixMs);
    }
}
