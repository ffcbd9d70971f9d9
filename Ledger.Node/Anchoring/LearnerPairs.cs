using System.Text;
using Ledger.Node.Storage;
using Ledger.Primitives;

namespace Ledger.Node.Anchoring;

/// <summary>
/// Which learner a tool's account belongs to, as this institution was told. It stays in the node: the ledger never sees
/// an account.
/// </summary>
public sealed class LearnerPairs(LedgerDatabase database)
{
    /// <summary>An account as the learning record store keeps it, in UTF-8.</summary>
    public const int ActorKeyBytesMax = 2048;

    /// <summary>Raised after a pair was set or taken away.</summary>
    public event Action? Changed;

    /// <summary>Whether the text can be an account: its length, and no character that separates or orders.</summary>
    public static bool IsAccount(string actorKey) =>
        actorKey.Length > 0
        && Encoding.UTF8.GetByteCount(actorKey) <= ActorKeyBytesMax
        && !actorKey.Any(char.IsControl);

    /// <summary>The learner of an account, or null.</summary>
    public Address? Find(string actorKey) =>
        database.Get(LedgerColumns.Pairs, Key(actorKey)) is { } bytes ? new Address(bytes) : null;

    /// <summary>Sets the learner of an account, or takes the pair away.</summary>
    public void Set(string actorKey, Address? learner)
    {
        using DatabaseBatch batch = database.NewBatch();
        if (learner is { } address)
        {
            batch.Put(LedgerColumns.Pairs, Key(actorKey), address.ToArray());
        }
        else
        {
            batch.Delete(LedgerColumns.Pairs, Key(actorKey));
        }

        database.Write(batch, synced: true);
        Changed?.Invoke();
    }

    /// <summary>Takes pairs away, and notes that it was done for an order to erase.</summary>
    public void Erase(IEnumerable<string> actorKeys, byte[] order)
    {
        using DatabaseBatch batch = database.NewBatch();
        // Even a mark that something is deleted names it for a while.
        foreach (string actorKey in actorKeys.Where(actorKey => Find(actorKey) is not null))
        {
            batch.Delete(LedgerColumns.Pairs, Key(actorKey));
        }

        batch.Put(LedgerColumns.Pairs, [ErasedMark, .. order], []);
        database.Write(batch, synced: true);
        Changed?.Invoke();
    }

    /// <summary>Whether pairs were taken away for an order to erase; an older copy of the database has not.</summary>
    public bool HasErased(byte[] order) => database.Get(LedgerColumns.Pairs, [ErasedMark, .. order]) is not null;

    /// <summary>Pairs in order of account, from one on.</summary>
    public IEnumerable<(string ActorKey, Address Learner)> From(byte[]? from) =>
        database.Scan(LedgerColumns.Pairs, [], from ?? Accounts)
            .Select(entry => (Encoding.UTF8.GetString(entry.Key), new Address(entry.Value)));

    // What begins with a control character belongs to claims that wait, to wishes for earlier records, and to orders.
    private const byte ErasedMark = 2;
    private static readonly byte[] Accounts = [ErasedMark + 1];

    private static byte[] Key(string actorKey) => Encoding.UTF8.GetBytes(actorKey);
}
