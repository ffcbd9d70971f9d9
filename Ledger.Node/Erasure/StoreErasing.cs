using Ledger.Node.Records;

namespace Ledger.Node.Erasure;

/// <summary>
/// Does on this node's disk what the list says: takes records out of the store and accounts out of everything, erases
/// the keys of accounts that go whole, and writes anew the files that hold what no erased key covers. Each step may be
/// done again, so that a crash may come anywhere. Used by one thread.
/// </summary>
/// <param name="store">The records.</param>
/// <param name="traces">What is kept of accounts beside them.</param>
/// <param name="list">What is to be erased.</param>
/// <param name="key">Makes the digests of accounts.</param>
/// <param name="scrub">Writes all other files anew; false where it must be done again.</param>
public sealed class StoreErasing(
    RecordStore store, AccountTraces traces, ErasureList list, LocatorKey key, Func<bool> scrub)
{
    /// <summary>Records of one step: the store's indexes are gone through once for them.</summary>
    private const int StepMax = 10_000;

    // Records that went with their key. After a crash nothing is known of them: then the store's file is written anew,
    // which does no harm.
    private readonly HashSet<RecordLocator> withKey = [];

    /// <summary>
    /// Before anything is served: whatever the list names goes, also where the store is an older copy that has it
    /// again.
    /// </summary>
    public void Reapply()
    {
        foreach (ErasureOrder order in list.Orders())
        {
            EraseAccounts(order);
            foreach (ListedRecord[] step in list.Of(order.Id).Chunk(StepMax))
            {
                Remove(step);
            }
        }

        Finish();
    }

    /// <summary>Does what is open.</summary>
    public void Look()
    {
        foreach (ErasureOrder order in list.Orders().Where(static order => order.Learner is not null))
        {
            EraseAccounts(order);
        }

        Remove([.. list.At(ErasureStage.Listed, StepMax)]);
        Finish();
    }

    private void Remove(IReadOnlyList<ListedRecord> listed)
    {
        if (listed.Count == 0)
        {
            return;
        }

        IReadOnlyList<ErasingOutcome> outcomes = store.Erase([.. listed.Select(static one => one.Locator)]);
        if (outcomes.Any(IsNew))
        {
            traces.EraseRefused();
        }

        withKey.UnionWith(listed.Zip(outcomes)
            .Where(static one => one.Second == ErasingOutcome.RemovedWithKey)
            .Select(static one => one.First.Locator));
        list.SetStage(
            listed.Zip(outcomes)
                .Where(static one => IsOut(one.Second)
                    && (IsNew(one.Second) || one.First.Stage == ErasureStage.Listed))
                .Select(static one => one.First.Locator),
            ErasureStage.Removed);
    }

    // Where a store is an older copy, or a crash came between: what was erased for the order comes to nothing again.
    private void EraseAccounts(ErasureOrder order)
    {
        if (order.Learner is not { } learner || traces.HasErased(order.Id))
        {
            return;
        }

        list.NoteUnscrubbed();
        IReadOnlySet<HashedId> digests = list.Accounts(order.Id);
        string[] accounts = digests.Count == 0
            ? []
            : [.. traces.All().Where(account => digests.Contains(ErasureOrders.DigestOf(key, account)))];
        traces.Erase(learner, accounts, order.Id);
    }

    // Keys go when nothing that is listed is in the tables any more: what waits in a signed batch needs its key.
    private void Finish()
    {
        if (list.At(ErasureStage.Listed, 1).Count == 0 && store.EraseKeys())
        {
            Scrub();
        }
    }

    private void Scrub()
    {
        IReadOnlyList<ListedRecord> removed = list.At(ErasureStage.Removed, StepMax);
        if (removed.Count == 0 && !list.IsUnscrubbed)
        {
            return;
        }

        // Of what went with its key, files hold nothing that anybody opens.
        bool isOpen = removed.Any(one => !withKey.Contains(one.Locator));
        if ((!isOpen || store.Scrub()) && scrub())
        {
            // What was taken out before the files were written anew is not in them.
            for (; removed.Count > 0; removed = list.At(ErasureStage.Removed, StepMax))
            {
                list.SetStage(removed.Select(static one => one.Locator), ErasureStage.Scrubbed);
            }

            withKey.Clear();
            list.NoteScrubbed();
        }
    }

    private static bool IsNew(ErasingOutcome outcome) =>
        outcome is ErasingOutcome.Removed or ErasingOutcome.RemovedWithKey;

    private static bool IsOut(ErasingOutcome outcome) => outcome switch
    {
        ErasingOutcome.Absent or ErasingOutcome.Removed or ErasingOutcome.RemovedWithKey or ErasingOutcome.Gone => true,
        ErasingOutcome.InBatch => false,
        _ => throw new InvalidOperationException("an outcome without a name"),
    };
}
