namespace Ledger.Node.Records;

/// <summary>What the store keeps of a statement beside its text, so that it is found and put in relation.</summary>
/// <param name="Version">The version that the statement was accepted with.</param>
/// <param name="Terms">By what it is found, each once.</param>
/// <param name="Target">The id of the statement that is its object, in lower case; null for another object.</param>
/// <param name="Voids">It voids its target.</param>
/// <param name="Activities">Activities that it describes.</param>
/// <param name="Names">Names of agents.</param>
/// <param name="Attachments">What it says of its attachments, its sub-statement's included.</param>
public sealed record StatementFacts(
    string Version,
    IReadOnlyCollection<SearchTerm> Terms,
    string? Target,
    bool Voids,
    IReadOnlyList<SeenActivity> Activities,
    IReadOnlyList<SeenName> Names,
    IReadOnlyList<AttachmentClaim> Attachments);
