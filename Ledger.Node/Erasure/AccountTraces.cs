using System.Text;
using System.Text.Json;
using Ledger.Node.Anchoring;
using Ledger.Node.Notices;
using Ledger.Node.Records;
using Ledger.Node.Records.Connectors;
using Ledger.Node.Records.Import;
using Ledger.Node.Sealing;
using Ledger.Primitives;

namespace Ledger.Node.Erasure;

/// <summary>
/// What this node keeps of accounts beside their records: documents and names, classes of the roster, records that
/// links could not move, pairs with learners, claims that wait, and where their learners are told of requests.
/// </summary>
/// <param name="store">Documents and names.</param>
/// <param name="roster">Classes.</param>
/// <param name="links">What links could not move.</param>
/// <param name="pairs">Whose account it is.</param>
/// <param name="claims">Accounts of claims that wait.</param>
/// <param name="notices">Where learners are told of requests.</param>
/// <param name="keys">The keys of learners.</param>
public sealed class AccountTraces(
    RecordStore store,
    RosterBook roster,
    LinkJournal links,
    LearnerPairs pairs,
    ClaimBook claims,
    NoticeBook notices,
    PersonKeys keys)
{
    /// <summary>Whether all of it was erased for an order; an older copy of a database has not seen it.</summary>
    public bool HasErased(OrderId order) =>
        store.HasErasedAccounts(order.ToString()) && pairs.HasErased(order.ToArray());

    /// <summary>The accounts of a learner.</summary>
    public IReadOnlyList<string> Of(Address learner) =>
        [.. pairs.From(null).Where(pair => pair.Learner == learner).Select(static pair => pair.ActorKey)];

    /// <summary>All accounts of which there is anything, each once.</summary>
    public IEnumerable<string> All() => store.AccountsWithTraces()
        .Concat(roster.Accounts())
        .Concat(pairs.From(null).Select(static pair => pair.ActorKey))
        .Concat(claims.From(0).SelectMany(static claim => claim.ActorKeys))
        .Distinct(StringComparer.Ordinal);

    /// <summary>
    /// Erases a learner and its accounts, if it has any, for an order. What is marked as done is written last, so that
    /// a crash before it does all of it again.
    /// </summary>
    public void Erase(Address learner, IReadOnlyCollection<string> accounts, OrderId order)
    {
        byte[][] spellings = [.. accounts.SelectMany(Spellings)];
        links.Erase((_, content) => spellings.Any(spelling => content.Span.IndexOf(spelling) >= 0));
        foreach (string account in accounts)
        {
            roster.EraseAccount(account);
        }

        EraseClaims(accounts);
        Address[] learners = [.. WithoutOthers(learner, accounts)];
        foreach (Address whole in learners)
        {
            notices.Erase(whole);
        }

        // What the learner shares by links goes with it. A file of keys that is read meanwhile is written anew later.
        keys.Erase(learners.Select(PersonKeys.Learner));

        store.EraseAccounts(accounts, order.ToString());
        pairs.Erase(accounts, order.ToArray());
    }

    /// <summary>Erases what links remember of records that are gone from the store.</summary>
    public void EraseRefused() => links.Erase((id, _) => id.Length > 0 && store.IsErased(id));

    // The learner of the order, and whoever else has an account among these: where there is none beside them. Who was
    // never paired, or is not any more, may have notices and links all the same.
    private IEnumerable<Address> WithoutOthers(Address ordered, IReadOnlyCollection<string> accounts)
    {
        (string ActorKey, Address Learner)[] paired = [.. pairs.From(null)];
        HashSet<Address> others = [.. paired.Where(pair => !accounts.Contains(pair.ActorKey)).Select(LearnerOf)];
        return paired.Where(pair => accounts.Contains(pair.ActorKey)).Select(LearnerOf)
            .Append(ordered).Distinct().Where(learner => !others.Contains(learner));

        static Address LearnerOf((string ActorKey, Address Learner) pair) => pair.Learner;
    }

    private void EraseClaims(IReadOnlyCollection<string> accounts)
    {
        List<(ulong, IReadOnlyList<string>)> reduced = [];
        foreach ((ulong claim, IReadOnlyList<string> named) in claims.From(0).ToArray())
        {
            string[] others = [.. named.Where(account => !accounts.Contains(account))];
            if (others.Length == 0)
            {
                claims.Forget(claim);
            }
            else if (others.Length < named.Count)
            {
                reduced.Add((claim, others));
            }
        }

        claims.Reduce(reduced);
    }

    // What a link could not move may be no record at all: it goes where it holds the account's own part as a string.
    private static IEnumerable<byte[]> Spellings(string account)
    {
        string own = account[(account.LastIndexOf('|') + 1)..];
        yield return Encoding.UTF8.GetBytes($"\"{own}\"");
        yield return [(byte)'"', .. JsonEncodedText.Encode(own).EncodedUtf8Bytes, (byte)'"'];
    }
}
