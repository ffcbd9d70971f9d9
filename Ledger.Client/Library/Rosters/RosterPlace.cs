namespace Ledger.Client.Rosters;

/// <summary>Somebody's place in a class.</summary>
/// <param name="User">Who.</param>
/// <param name="Role">The role in this class: student, teacher, or one that is not looked at.</param>
/// <param name="Until">The last day; null without an end.</param>
public sealed record RosterPlace(RosterUser User, string Role, DateOnly? Until);
