namespace Ledger.Node.Records.Import;

/// <summary>Somebody in a class.</summary>
/// <param name="Role"><c>student</c> or <c>teacher</c>.</param>
/// <param name="Accounts">The accounts, as the record store keeps them.</param>
public sealed record RosterMember(string Role, IReadOnlyList<string> Accounts);
