using Ledger.Client.Records;
using Ledger.Contracts.Protos;
using Ledger.Node.Custody;
using Ledger.Node.Records;
using Ledger.Node.Sealing;
using Ledger.Primitives;

namespace Ledger.Node.Box;

/// <summary>The node's own record store, and beside it what the institution keeps in custody.</summary>
public sealed class EmbeddedSource(Address self, RecordStore store, CustodyStore custody) : IRecordSource
{
    // What was changed on disk does not open any more: it is there, and is no record of any commitment.
    private static readonly KeptRecord Damaged = new(
        RecordType.XapiStatement, DateTimeOffset.UnixEpoch, default, new byte[RecordCommitment.SaltBytes]);

    /// <inheritdoc/>
    public Task<IReadOnlyList<KeptRecord?>> FindAsync(
        Address writer, IReadOnlyList<Locator> locators, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<KeptRecord?>>([.. locators.Select(locator => Find(writer, locator))]);

    private KeptRecord? Find(Address writer, Locator locator)
    {
        HashedId id = HashedId.Read(locator.HashedId.Span);
        if (writer != self)
        {
            return custody.Find(writer, locator.KeyVersion, id);
        }

        try
        {
            return store.Find(locator.KeyVersion, id) is { State: not RecordState.Erased } stored
                ? KeptRecord.Of(stored)
                : null;
        }
        catch (SealDamagedException)
        {
            return Damaged;
        }
    }
}
