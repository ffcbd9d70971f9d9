using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Node.Anchoring;
using Ledger.Node.Chain;
using Ledger.Node.Records;
using Ledger.Primitives;

namespace Ledger.Node.Erasure;

/// <summary>
/// Takes the wish to erase a record, or everything of a learner: finds what that is, and puts it on the list; records
/// need not be readable for it. What follows from the list is done by others, whenever.
/// </summary>
public sealed class ErasureOrders(
    Address self,
    ChainReader reader,
    RecordStore store,
    AccountTraces traces,
    ErasureList list,
    LocatorKey key,
    TimeProvider time)
{
    // Ids of records hold no line break: no record has the digest of an account.
    private const char AccountMark = '\n';

    /// <summary>A digest of an account that nobody can guess without the institution's locator key.</summary>
    public static HashedId DigestOf(LocatorKey key, string account) => key.Hash(AccountMark + account);

    /// <summary>Lists one record by its id; null where there is none.</summary>
    public OrderId? OfRecord(string id) => FindRecord(id) is { } scope ? Add(scope) : null;

    /// <summary>
    /// Lists everything of a learner: its accounts, their records, and what this institution wrote of the learner on
    /// the ledger.
    /// </summary>
    public OrderId OfLearner(Address learner) => Add(FindLearner(learner));

    /// <summary>Lists records whose time is over.</summary>
    public OrderId OfDue(IEnumerable<RecordLocator> records) => Add(new ErasureScope(null, [.. records], []));

    /// <summary>What an order about one record names; null where there is none.</summary>
    public ErasureScope? FindRecord(string id) =>
        store.FindLocator(id) is { } record ? new ErasureScope(null, [record], []) : null;

    /// <summary>What an order about a learner names.</summary>
    public ErasureScope FindLearner(Address learner)
    {
        IReadOnlyList<string> accounts = traces.Of(learner);
        return new ErasureScope(
            learner,
            [.. accounts.SelectMany(store.Locators).Concat(OnLedger(learner)).Distinct()],
            [.. accounts.Select(account => DigestOf(key, account))]);
    }

    private OrderId Add(ErasureScope scope)
    {
        OrderId order = OrderId.Create();
        list.Add(
            order, time.GetUtcNow().ToUnixTimeMilliseconds(), scope.Learner, scope.Records, scope.AccountDigests);
        return order;
    }

    private IEnumerable<RecordLocator> OnLedger(Address learner)
    {
        foreach ((byte[] rawKey, byte[] _) in reader.State(StateKeys.Prefix(StateKind.RecordRange, learner), null))
        {
            if (RangeName.TryRead(rawKey, out RangeName range) && range.Writer == self)
            {
                foreach (RecordLeaf leaf in reader.Leaves(range).OfType<RecordLeaf>())
                {
                    yield return RecordLocator.Of(leaf.Locator);
                }
            }
        }
    }
}
