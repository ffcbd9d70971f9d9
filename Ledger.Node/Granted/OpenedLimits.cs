using Ledger.Client.Limits;
using Ledger.Client.Protos;
using Ledger.Contracts.LearnerProvider;
using Ledger.Contracts.Protos;

namespace Ledger.Node.Granted;

/// <summary>What openings show of the limits of a grant and of those above it.</summary>
public static class OpenedLimits
{
    /// <summary>The limits of the whole line, or null where one of them is not opened.</summary>
    public static IReadOnlyList<GrantLimits>? Of(ReadGrant grant, IReadOnlyCollection<LimitsOpening> openings)
    {
        List<GrantLimits> limits = [];
        foreach (LiveGrant one in grant.Line.Where(static one => !one.Grant.Limits.IsEmpty))
        {
            LimitsOpening? opening = openings.FirstOrDefault(opening =>
                LimitsCommitment.Of(opening).ToArray().AsSpan().SequenceEqual(one.Grant.Limits.Span));
            if (opening is null || LimitsCommitment.Read(opening) is not { } read)
            {
                return null;
            }

            limits.Add(read);
        }

        return limits;
    }
}
