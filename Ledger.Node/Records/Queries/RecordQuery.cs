using Ledger.Client.Records;

namespace Ledger.Node.Records;

/// <summary>
/// Which records to list, of either kind, voided or not: what the store's owner sees, and what is handed on. What is
/// null does not narrow the answer.
/// </summary>
/// <param name="Type">The kind of record.</param>
/// <param name="ActorKey">The actor, see <see cref="Records.ActorKey"/>.</param>
/// <param name="VerbIri">The exact IRI of the verb.</param>
/// <param name="Since">Stored after this time.</param>
/// <param name="Until">Stored at this time or before.</param>
/// <param name="After">Beyond this sequence number in the direction of the answer: where the page before ended.</param>
/// <param name="Ascending">Oldest first instead of newest first.</param>
/// <param name="Limit">At most so many, 1 to <see cref="LimitMax"/>.</param>
public sealed record RecordQuery(
    RecordType? Type,
    string? ActorKey,
    string? VerbIri,
    DateTimeOffset? Since,
    DateTimeOffset? Until,
    long? After,
    bool Ascending,
    int Limit)
{
    /// <summary>The largest page: with records of the largest size it still fits in memory many times over.</summary>
    public const int LimitMax = 500;
}
