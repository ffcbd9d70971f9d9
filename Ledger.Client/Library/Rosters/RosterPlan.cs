using Ledger.Client.Protos;

namespace Ledger.Client.Rosters;

/// <summary>What a roster asks for: classes to keep, and learners to invite.</summary>
/// <param name="Classes">The classes, with the accounts of their students and teachers.</param>
/// <param name="Learners">The accounts of each student who is in a class now, in order of the first account.</param>
/// <param name="WithoutAccount">Ids of students whose accounts cannot be made of the roster.</param>
public sealed record RosterPlan(
    IReadOnlyList<SchoolClass> Classes,
    IReadOnlyList<IReadOnlyList<string>> Learners,
    IReadOnlyList<string> WithoutAccount)
{
    private const string Student = "student";
    private const string Teacher = "teacher";

    /// <summary>
    /// The plan of a roster on a day. Throws <see cref="FormatException"/> when two users would have one account.
    /// </summary>
    public static RosterPlan Of(
        IReadOnlyList<RosterGroup> roster, IReadOnlyList<AccountTemplate> templates, DateOnly today)
    {
        Dictionary<string, string> owners = new(StringComparer.Ordinal);
        Dictionary<string, IReadOnlyList<string>> learners = new(StringComparer.Ordinal);
        SortedSet<string> without = new(StringComparer.Ordinal);
        List<SchoolClass> classes = [];
        foreach (RosterGroup group in roster)
        {
            SchoolClass kept = new() { Id = group.SourcedId, Title = group.Title, Course = group.Course };
            foreach (RosterPlace place in group.Places.Where(place => IsNow(place, today)))
            {
                IReadOnlyList<string> accounts = AccountsOf(place.User, templates, owners);
                if (accounts.Count == 0)
                {
                    without.Add(place.User.SourcedId);
                    continue;
                }

                kept.Members.Add(new ClassMember { Role = place.Role, Accounts = { accounts } });
                if (place.Role == Student)
                {
                    learners[place.User.SourcedId] = accounts;
                }
            }

            classes.Add(kept);
        }

        return new RosterPlan(
            classes,
            [.. learners.Values.OrderBy(static accounts => accounts[0], StringComparer.Ordinal)],
            [.. without]);
    }

    private static bool IsNow(RosterPlace place, DateOnly today) =>
        place.User.IsEnabled && (place.Role is Student or Teacher) && !(place.Until < today);

    private static IReadOnlyList<string> AccountsOf(
        RosterUser user, IReadOnlyList<AccountTemplate> templates, Dictionary<string, string> owners)
    {
        string[] accounts =
        [
            .. templates.Select(template => template.AccountOf(user)).OfType<string>().Distinct(StringComparer.Ordinal),
        ];
        foreach (string account in accounts)
        {
            if (!owners.TryAdd(account, user.SourcedId) && owners[account] != user.SourcedId)
            {
                throw new FormatException(
                    $"The users {owners[account]} and {user.SourcedId} would both have the account {account}.");
            }
        }

        return accounts;
    }
}
