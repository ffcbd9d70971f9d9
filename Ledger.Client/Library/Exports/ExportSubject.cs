using Ledger.Primitives;

namespace Ledger.Client.Exports;

/// <summary>Of whom an export is, and who is asked.</summary>
/// <param name="Learner">The learner; null for a person whom an institution knows by accounts alone.</param>
/// <param name="Accounts">Those accounts; none where there is a learner.</param>
/// <param name="Only">
/// The one institution that is asked, where it makes the file itself; null where a learner asks all of its own.
/// </param>
public sealed record ExportSubject(Address? Learner, IReadOnlyList<string> Accounts, Address? Only)
{
    /// <summary>Everything of a learner, at all institutions.</summary>
    public static ExportSubject Of(Address learner) => new(learner, [], null);
}
