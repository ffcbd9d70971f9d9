namespace Ledger.Node.Records;

/// <summary>What tells where a waiting record belongs, without the record.</summary>
/// <param name="Sequence">The store's own number, in the order of intake.</param>
/// <param name="ActorKey">The actor, see <see cref="Records.ActorKey"/>.</param>
/// <param name="VerbIri">The exact IRI of the verb or action.</param>
/// <param name="Stored">When it was taken in, to the millisecond.</param>
public sealed record PendingKey(long Sequence, string ActorKey, string VerbIri, DateTimeOffset Stored);
