using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.Contracts.Staff;

/// <summary>Who was staff of an institution at a date, and in which roles. Rule K-63 of the protocol.</summary>
public static class StaffRules
{
    /// <summary>
    /// The number of the term that holds a date in ms since 1970-01-01 UTC, or 0. A term begins with its first
    /// millisecond and ends before the one at which it was left.
    /// </summary>
    public static ulong TermAt(IStateView state, Address institution, Address staff, long dateUnixMs)
    {
        InstanceSeries series = StateKeys.StaffTerms(institution, staff);
        ulong count = state.Find(series.Counter, Counter.Parser)?.Count ?? 0;
        for (ulong number = count; number > 0; number--)
        {
            if (Holds(state.Find(series.At(number), StaffTerm.Parser)!, dateUnixMs))
            {
                return number;
            }
        }

        return 0;
    }

    /// <summary>Whether the date lies in the term.</summary>
    public static bool Holds(StaffTerm term, long dateUnixMs) =>
        term.JoinedUnixMs <= dateUnixMs
        && (term.LeftUnixMs == 0 || dateUnixMs < term.LeftUnixMs)
        && (term.Interval.EndUnixMs == 0 || dateUnixMs < term.Interval.EndUnixMs);

    /// <summary>Whether one of the term's roles is one that testifies.</summary>
    public static bool MayTestify(StaffTerm term) => term.Roles.Any(static role => role switch
    {
        StaffRole.Teacher or StaffRole.Mentor or StaffRole.Registrar => true,
        StaffRole.Unspecified or StaffRole.Administrator or StaffRole.DataOfficer or StaffRole.Researcher => false,
    });
}
