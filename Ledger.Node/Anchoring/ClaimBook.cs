using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Ledger.Node.Sealing;
using Ledger.Node.Storage;

namespace Ledger.Node.Anchoring;

/// <summary>
/// Which accounts belong to whoever uses a claim of this institution, for as long as the claim waits. It stays in the
/// node, beside the pairs, and rests sealed under a key of the claim, which goes with it.
/// </summary>
public sealed class ClaimBook(LedgerDatabase database, PersonKeys keys)
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

    /// <summary>Seals what an earlier version kept plain. Before anything else, and before that of the pairs.</summary>
    public void SealPlain()
    {
        KeyValuePair<byte[], byte[]>[] plain =
        [
            .. database.Scan(LedgerColumns.Pairs, [Mark]).Where(static entry => !PersonKeys.IsSealed(entry.Value)),
        ];
        if (plain.Length == 0)
        {
            return;
        }

        keys.Prepare([.. plain.Select(static entry => PersonOf(NumberOf(entry.Key)))]);
        using DatabaseBatch batch = database.NewBatch();
        batch.Put(LedgerColumns.Pairs, LearnerPairs.UnscrubbedNote, []);
        foreach ((byte[] key, byte[] accounts) in plain)
        {
            batch.Put(LedgerColumns.Pairs, key, keys.Seal(PersonOf(NumberOf(key)), ContextOf(key), accounts));
        }

        database.Write(batch, synced: true);
    }

    /// <summary>Keeps the accounts of claims; of a claim that is known already, the newer ones.</summary>
    public void Keep(IEnumerable<(ulong Claim, IReadOnlyList<string> ActorKeys)> claims)
    {
        (ulong Claim, IReadOnlyList<string> ActorKeys)[] kept = [.. claims];
        keys.Prepare([.. kept.Select(static one => PersonOf(one.Claim)).Distinct()]);
        using DatabaseBatch batch = database.NewBatch();
        foreach ((ulong claim, IReadOnlyList<string> actorKeys) in kept)
        {
            byte[] key = Key(claim);
            byte[] accounts = Encoding.UTF8.GetBytes(string.Join(Between, actorKeys));
            batch.Put(LedgerColumns.Pairs, key, keys.Seal(PersonOf(claim), ContextOf(key), accounts));
        }

        database.Write(batch, synced: true);
        Changed?.Invoke();
    }

    /// <summary>Claims that wait, in order of number, from one on.</summary>
    public IEnumerable<(ulong Claim, IReadOnlyList<string> ActorKeys)> From(ulong first)
    {
        foreach ((byte[] key, byte[] value) in database.Scan(LedgerColumns.Pairs, [Mark], Key(first)))
        {
            if (keys.OpenOrPass(ContextOf(key), value).BytesOrNull is { } accounts)
            {
                yield return (NumberOf(key), Encoding.UTF8.GetString(accounts).Split(Between));
            }
        }
    }

    /// <summary>
    /// Keeps claims with some of their accounts alone, under another key each: from then on an older copy of the
    /// database tells of no account that went. May be done again after a crash.
    /// </summary>
    public void Reduce(IReadOnlyCollection<(ulong Claim, IReadOnlyList<string> ActorKeys)> claims)
    {
        if (claims.Count > 0)
        {
            keys.Retire(claims.Select(static one => PersonOf(one.Claim)));
            Keep(claims);
        }

        keys.EraseRetired(From(0).Select(static one => PersonOf(one.Claim)));
    }

    /// <summary>Forgets a claim that waits no more.</summary>
    public void Forget(ulong claim)
    {
        using DatabaseBatch batch = database.NewBatch();
        batch.Delete(LedgerColumns.Pairs, Key(claim));
        database.Write(batch, synced: true);
        keys.EraseSoon([PersonOf(claim)]);
    }

    private static string PersonOf(ulong claim) =>
        PersonKeys.Named("claim", claim.ToString(CultureInfo.InvariantCulture));

    private static byte[] ContextOf(byte[] key) => [.. "claims"u8, .. key];

    private static ulong NumberOf(byte[] key) => BinaryPrimitives.ReadUInt64BigEndian(key.AsSpan(1));

    private static byte[] Key(ulong claim)
    {
        byte[] key = new byte[1 + sizeof(ulong)];
        key[0] = Mark;
        BinaryPrimitives.WriteUInt64BigEndian(key.AsSpan(1), claim);
        return key;
    }
}
