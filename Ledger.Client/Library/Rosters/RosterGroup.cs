namespace Ledger.Client.Rosters;

/// <summary>A class of a roster.</summary>
/// <param name="SourcedId">The id in the roster.</param>
/// <param name="Title">What it is called.</param>
/// <param name="Course">What its course is called; empty where the roster names none.</param>
/// <param name="Places">Who is in it, in the order of the file.</param>
public sealed record RosterGroup(string SourcedId, string Title, string Course, IReadOnlyList<RosterPlace> Places);
