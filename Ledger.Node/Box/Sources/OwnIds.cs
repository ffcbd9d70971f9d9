using Ledger.Client.Records;
using Ledger.Contracts.Protos;
using Ledger.Node.Records;
using Ledger.Primitives;

namespace Ledger.Node.Box;

/// <summary>From the id of a record to its place on the ledger: the way that only its writer knows.</summary>
/// <param name="store">The writer's store.</param>
/// <param name="key">The locator key, for ids that the store does not have any more.</param>
/// <param name="learnerOf">Whose account an actor is, or null.</param>
public sealed class OwnIds(RecordStore store, LocatorKey key, Func<string, Address?> learnerOf)
{
    /// <summary>The locator that a record of this id has, or would have.</summary>
    public (uint KeyVersion, HashedId Id) LocatorOf(string id) => Find(id) is { } stored
        ? (stored.LocatorKeyVersion, stored.HashedId)
        : (key.Version, key.Hash(id));

    /// <summary>
    /// The record of this id if it waits for the ledger and belongs to a learner and one of the verbs; else null.
    /// </summary>
    public StoredRecord? FindPending(string id, Address learner, IEnumerable<string> verbs) =>
        Find(id) is { State: RecordState.Stored or RecordState.Submitted } stored
            && verbs.Contains(stored.VerbIri, StringComparer.Ordinal)
            && learnerOf(stored.ActorKey) == learner
                ? stored
                : null;

    /// <summary>Where the erased record that had this id stood on the ledger, or null.</summary>
    public LedgerPlace? FindErased(string id) => store.FindErased(id)?.Place;

    private StoredRecord? Find(string id) =>
        store.Find(RecordType.XapiStatement, id) ?? store.Find(RecordType.CaliperEvent, id);
}
