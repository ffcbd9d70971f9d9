namespace Ledger.Node.Records.Import;

/// <summary>A class of a roster.</summary>
/// <param name="Id">Its id in the roster.</param>
/// <param name="Title">What it is called.</param>
/// <param name="Course">What its course is called; empty where the roster has none.</param>
/// <param name="Members">Who is in it.</param>
public sealed record RosterClass(string Id, string Title, string Course, IReadOnlyList<RosterMember> Members);
