using System.Buffers.Binary;
using System.Text;
using Ledger.Node.Storage;

namespace Ledger.Node.Anchoring;

/// <summary>
/// Which accounts belong to whoever uses a claim of this institution, for as long as the claim waits. It stays in the
/// node, beside the pairs.
/// </summary>
public sealed class ClaimBook(LedgerDatabase database)
{
    /// <summary>Accounts of one learner at one institution: its tools and mailboxes.</summary>
    public const int AccountsMax = 16;

    /// <summary>Claims of one call, as many as one announcement has.</summary>
    public const int ClaimsMax = 1024;

    // No account begins with a zero byte, so claims and pairs share a column without meeting.
    private const byte Mark = 0;
    private const char Between = '\n';

    /// <summary>Raised after claims were told.</summary>
    public event Action? Changed;

    /// <summary>Keeps the accounts of claims; of a claim that is known already, the newer ones.</summary>
    public void Keep(IEnumerable<(ulong Claim, IReadOnlyList<string> ActorKeys)> claims)
    {
        using DatabaseBatch batch = database.NewBatch();
        foreach ((ulong claim, IReadOnlyList<string> actorKeys) in claims)
        {
            batch.Put(LedgerColumns.Pairs, Key(claim), Encoding.UTF8.GetBytes(string.Join(Between, actorKeys)));
        }

        database.Write(batch, synced: true);
        Changed?.Invoke();
    }

    /// <summary>Claims that wait, in order of number, from one on.</summary>
    public IEnumerable<(ulong Claim, IReadOnlyList<string> ActorKeys)> From(ulong first) =>
        database.Scan(LedgerColumns.Pairs, [Mark], Key(first)).Select(static entry => (
            BinaryPrimitives.ReadUInt64BigEndian(entry.Key.AsSpan(1)),
            (IReadOnlyList<string>)Encoding.UTF8.GetString(entry.Value).Split(Between)));

    /// <summary>Forgets a claim that waits no more.</summary>
    public void Forget(ulong claim)
    {
        using DatabaseBatch batch = database.NewBatch();
        batch.Delete(LedgerColumns.Pairs, Key(claim));
        database.Write(batch, synced: true);
    }

    private static byte[] Key(ulong claim)
    {
        byte[] key = new byte[1 + sizeof(ulong)];
        key[0] = Mark;
        BinaryPrimitives.WriteUInt64BigEndian(key.AsSpan(1), claim);
        return key;
    }
}
