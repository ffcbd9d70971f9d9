namespace Ledger.Node.Records;

/// <summary>What documents belong to. What a kind of document does not have is the empty text.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Activity">The activity's IRI.</param>
/// <param name="Agent">The agent, see <see cref="ActorKey"/>.</param>
/// <param name="Registration">The registration, a UUID in lower case; empty for documents of none.</param>
/// <param name="HasRegistration">
/// Whether the registration narrows: without one, a request for all state of an activity is for that of every
/// registration.
/// </param>
public sealed record DocumentScope(
    DocumentKind Kind, string Activity, string Agent, string Registration, bool HasRegistration);
