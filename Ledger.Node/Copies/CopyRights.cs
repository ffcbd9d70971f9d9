using Ledger.Client.Protos;
using Ledger.Contracts.LearnerProvider;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Node.Granted;
using Ledger.Primitives;

namespace Ledger.Node.Copies;

/// <summary>
/// By which right this institution may keep copies of another's records, and whether it still holds: by a grant without
/// limits, or by the very grant whose limits were opened when they were read.
/// </summary>
public static class CopyRights
{
    private static readonly long DayMs = (long)TimeSpan.FromDays(1).TotalMilliseconds;

    /// <summary>
    /// The grant (0 for any without limits), and until when copies may be kept by its limits (0 for no bound); null
    /// where there is no right.
    /// </summary>
    public static (ulong Grant, long UntilUnixMs)? Find(
        IStateView state,
        LlpcName llpc,
        Address writer,
        Address keeper,
        IReadOnlyCollection<LimitsOpening> openings,
        long timeUnixMs)
    {
        ReadGrant[] grants = [.. About(state, llpc, writer, keeper, timeUnixMs)];
        if (grants.Any(static grant => grant.IsUnlimited))
        {
            return (0, 0);
        }

        foreach (ReadGrant grant in grants.OrderBy(static grant => grant.Grant.Number))
        {
            if (OpenedLimits.Of(grant, openings) is { } limits)
            {
                uint days = limits.Where(static one => one.RetentionDays > 0)
                    .Select(static one => one.RetentionDays).DefaultIfEmpty().Min();
                return (grant.Grant.Number, days == 0 ? 0 : timeUnixMs + (days * DayMs));
            }
        }

        return null;
    }

    /// <summary>Whether the right by which copies are kept still holds at a state and a time.</summary>
    public static bool Holds(IStateView state, CopyGroupName group, Address keeper, long timeUnixMs) =>
        About(state, group.Llpc, group.Writer, keeper, timeUnixMs).Any(grant =>
            grant.IsUnlimited || grant.Grant.Number == group.Grant);

    private static IEnumerable<ReadGrant> About(
        IStateView state, LlpcName llpc, Address writer, Address keeper, long timeUnixMs) =>
        AccessRights.ReadGrants(state, llpc, keeper, timeUnixMs).Where(grant => grant.IsAbout(writer));
}
