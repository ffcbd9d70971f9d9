namespace Ledger.Client.Rosters;

/// <summary>Somebody of a roster.</summary>
/// <param name="SourcedId">The id in the roster.</param>
/// <param name="Username">The name for logging in.</param>
/// <param name="Identifier">The number that people know, such as the student number; may be empty.</param>
/// <param name="Email">The mailbox; may be empty.</param>
/// <param name="IsEnabled">Whether the user may use systems at all.</param>
public sealed record RosterUser(string SourcedId, string Username, string Identifier, string Email, bool IsEnabled);
