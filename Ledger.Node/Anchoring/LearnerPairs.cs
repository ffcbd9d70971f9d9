using System.Text;
using Ledger.Node.Sealing;
using Ledger.Node.Storage;
using Ledger.Primitives;

namespace Ledger.Node.Anchoring;

/// <summary>
/// Which learner a tool's account belongs to, as this institution was told. It stays in the node: the ledger never sees
/// an account. A pair is found by a digest of its account, and rests sealed under a key of its own, which goes with it:
/// who has an older copy of the database alone learns how many pairs there were.
/// </summary>
public sealed class LearnerPairs(LedgerDatabase database, PersonKeys keys)
{
    /// <summary>An account as the learning record store keeps it, in UTF-8.</summary>
    public const int ActorKeyBytesMax = 2048;

    /// <summary>Pairs of an earlier version that are sealed in one batch.</summary>
    private const int BatchPairs = 500;

    // The column begins with claims that wait, wishes for earlier records, and orders to erase; then come pairs, and a
    // note that plain ones were sealed and may still be in files. Plain accounts begin with no control character.
    private const byte ErasedMark = 2;
    private const byte PairMark = 3;
    private static readonly byte[] PlainAccounts = [(byte)' '];

    /// <summary>The key of the note that plain pairs or claims were sealed and may still be in files.</summary>
    internal static readonly byte[] UnscrubbedNote = [4];

    // A pair that is set while it is taken away would be sealed under the key that is erased at this moment.
    private readonly Lock changing = new();

    /// <summary>Raised after a pair was set or taken away.</summary>
    public event Action? Changed;

    /// <summary>Whether the text can be an account: its length, and no character that separates or orders.</summary>
    public static bool IsAccount(string actorKey) =>
        actorKey.Length > 0
        && Encoding.UTF8.GetByteCount(actorKey) <= ActorKeyBytesMax
        && !actorKey.Any(char.IsControl);

    /// <summary>
    /// Seals what an earlier version kept plain; a kill at any point is gone on from. Before anything else.
    /// </summary>
    public void SealPlain()
    {
        while (database.Scan(LedgerColumns.Pairs, [], PlainAccounts).Take(BatchPairs).ToArray() is
            { Length: > 0 } plain)
        {
            keys.Prepare([.. plain.Select(static entry => PersonOf(Encoding.UTF8.GetString(entry.Key)))]);
            using DatabaseBatch batch = database.NewBatch();
            batch.Put(LedgerColumns.Pairs, UnscrubbedNote, []);
            foreach ((byte[] account, byte[] learner) in plain)
            {
                batch.Delete(LedgerColumns.Pairs, account);
                Put(batch, Encoding.UTF8.GetString(account), new Address(learner));
            }

            database.Write(batch, synced: true);
        }

        if (database.Get(LedgerColumns.Pairs, UnscrubbedNote) is not null)
        {
            database.Scrub(LedgerColumns.Pairs);
            using DatabaseBatch batch = database.NewBatch();
            batch.Delete(LedgerColumns.Pairs, UnscrubbedNote);
            database.Write(batch, synced: true);
        }
    }

    /// <summary>The learner of an account, or null.</summary>
    public Address? Find(string actorKey)
    {
        byte[] key = Key(actorKey);
        return database.Get(LedgerColumns.Pairs, key) is { } value ? Open(key, value)?.Learner : null;
    }

    /// <summary>Sets the learner of an account, or takes the pair away.</summary>
    public void Set(string actorKey, Address? learner)
    {
        lock (changing)
        {
            using DatabaseBatch batch = database.NewBatch();
            if (learner is { } address)
            {
                Put(batch, actorKey, address);
            }
            else
            {
                keys.EraseSoon([PersonOf(actorKey)]);
                batch.Delete(LedgerColumns.Pairs, Key(actorKey));
            }

            database.Write(batch, synced: true);
        }

        Changed?.Invoke();
    }

    /// <summary>
    /// Takes pairs away, and notes that it was done for an order to erase. Their keys go first: what a crash leaves of
    /// a pair is a digest and bytes that nobody opens, which go with the next order.
    /// </summary>
    public void Erase(IEnumerable<string> actorKeys, byte[] order)
    {
        lock (changing)
        {
            byte[][] erased =
            [
                .. actorKeys.Select(Key).Where(key => database.Get(LedgerColumns.Pairs, key) is not null),
            ];
            keys.Erase(actorKeys.Select(PersonOf));
            using DatabaseBatch batch = database.NewBatch();
            // Even a mark that something is deleted names it for a while.
            foreach (byte[] key in erased.Concat(Erased()).DistinctBy(static key => Convert.ToHexString(key)))
            {
                batch.Delete(LedgerColumns.Pairs, key);
            }

            batch.Put(LedgerColumns.Pairs, [ErasedMark, .. order], []);
            database.Write(batch, synced: true);
        }

        Changed?.Invoke();
    }

    /// <summary>Whether pairs were taken away for an order to erase; an older copy of the database has not.</summary>
    public bool HasErased(byte[] order) => database.Get(LedgerColumns.Pairs, [ErasedMark, .. order]) is not null;

    /// <summary>Pairs in an order that tells nothing, from a cursor on.</summary>
    public IEnumerable<(string ActorKey, Address Learner)> From(byte[]? cursor)
    {
        foreach ((byte[] key, byte[] value) in database.Scan(LedgerColumns.Pairs, [PairMark], cursor))
        {
            if (Open(key, value) is { } pair)
            {
                yield return pair;
            }
        }
    }

    /// <summary>The cursor from which on <see cref="From"/> begins with a pair.</summary>
    public byte[] CursorOf(string actorKey) => Key(actorKey);

    private static string PersonOf(string actorKey) => PersonKeys.Named("pair", actorKey);

    private static byte[] ContextOf(byte[] key) => [.. "pairs"u8, .. key];

    private byte[] Key(string actorKey) => [PairMark, .. keys.DigestBytes(DigestKinds.PairedAccount, actorKey)];

    // The learner's 32 bytes, then the account.
    private void Put(DatabaseBatch batch, string actorKey, Address learner)
    {
        byte[] key = Key(actorKey);
        byte[] content = [.. learner.ToArray(), .. Encoding.UTF8.GetBytes(actorKey)];
        batch.Put(LedgerColumns.Pairs, key, keys.Seal(PersonOf(actorKey), ContextOf(key), content));
    }

    // One that does not open is as good as none, for as long as it does not.
    private (string ActorKey, Address Learner)? Open(byte[] key, byte[] value) =>
        keys.OpenOrPass(ContextOf(key), value).BytesOrNull is { } pair
            ? (Encoding.UTF8.GetString(pair.AsSpan(Address.Size)), new Address(pair.AsSpan(0, Address.Size)))
            : null;

    // What nobody opens any more; not what opens again once a backup is put back.
    private IEnumerable<byte[]> Erased() => database.Scan(LedgerColumns.Pairs, [PairMark])
        .Where(entry => keys.OpenOrPass(ContextOf(entry.Key), entry.Value).IsKeyErased)
        .Select(static entry => entry.Key);
}
