using Ledger.Client.Records;
using Ledger.Primitives;

namespace Ledger.Node.Records;

/// <summary>A record as the store keeps it.</summary>
/// <param name="Sequence">The store's own number, in the order of intake.</param>
/// <param name="Type">The kind of record.</param>
/// <param name="Id">The record's id.</param>
/// <param name="ActorKey">The actor, see <see cref="Records.ActorKey"/>.</param>
/// <param name="VerbIri">The exact IRI of the verb or action.</param>
/// <param name="Time">When the event happened, to the millisecond.</param>
/// <param name="Stored">When it was taken in, to the millisecond.</param>
/// <param name="Authority">The name of the credential that brought it.</param>
/// <param name="Committed">The committed members in canonical spelling.</param>
/// <param name="Salt">The record's salt, 32 bytes.</param>
/// <param name="Commitment">The commitment under that salt.</param>
/// <param name="LocatorKeyVersion">The version of the locator key at intake.</param>
/// <param name="HashedId">The id under that key.</param>
/// <param name="State">How far it is on its way to the ledger.</param>
/// <param name="Place">Where it stands on the ledger, once it does.</param>
/// <param name="RefusalCode">Why the ledger refused it, if it did.</param>
/// <param name="Version">The version of xAPI that a statement was accepted with.</param>
public sealed record StoredRecord(
    long Sequence,
    RecordType Type,
    string Id,
    string ActorKey,
    string VerbIri,
    DateTimeOffset Time,
    DateTimeOffset Stored,
    string Authority,
    ReadOnlyMemory<byte> Committed,
    ReadOnlyMemory<byte> Salt,
    Hash256 Commitment,
    uint LocatorKeyVersion,
    HashedId HashedId,
    RecordState State,
    LedgerPlace? Place,
    string? RefusalCode,
    string Version)
{
    /// <summary>
    /// Whether what it says does not open any more, for a disk or a hand has changed it: then only its number, state,
    /// commitment, locator, place and time of storing are known.
    /// </summary>
    public bool IsDamaged { get; init; }

    /// <summary>Whether what it says is there and opens.</summary>
    public bool IsReadable => State != RecordState.Erased && !IsDamaged;
}
