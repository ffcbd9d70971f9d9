using Ledger.Node.Records;

namespace Ledger.Node.Erasure;

/// <summary>
/// Does on this node's disk what the list says: takes records out of the store and accounts out of everything, and
/// writes the files anew. Each step may be done again, so that a crash may come anywhere. Used by one thread.
/// </summary>
public sealed class StoreErasing(
    RecordStore store, AccountTraces traces, ErasureList list, LocatorKey key, Func<bool> scrub)
{
    /// <summary>Records of one step: the store's indexes are gone through once for them.</summary>
    private const int StepMax = 10_000;

    /// <summary>
    /// Before anything is served: whatever the list names goes, also where the store is an older copy that has it
    /// again.
    /// </summary>
    public void Reapply()
    {
        foreach (ErasureOrder order in list.Orders())
        {
            foreach (ListedRecord[] step in list.Of(order.Id).Chunk(StepMax))
            {
                Remove(step);
            }

            EraseAccounts(order.Id);
        }

        Scrub();
    }

    /// <summary>Does what is open.</summary>
    public void Look()
    {
        Remove([.. list.At(ErasureStage.Listed, StepMax)]);
        foreach (ErasureOrder order in list.Orders().Where(static order => order.Learner is not null))
        {
            EraseAccounts(order.Id);
        }

        Scrub();
    }

    private void Remove(IReadOnlyList<ListedRecord> listed)
    {
        if (listed.Count == 0)
        {
            return;
        }

        IReadOnlyList<ErasingOutcome> outcomes = store.Erase([.. listed.Select(static one => one.Locator)]);
        if (outcomes.Any(static one => one is ErasingOutcome.Removed))
        {
            traces.EraseRefused();
        }

        list.SetStage(
            listed.Zip(outcomes)
                .Where(static one => IsOut(one.Second)
                    && (one.Second == ErasingOutcome.Removed || one.First.Stage == ErasureStage.Listed))
                .Select(static one => one.First.Locator),
            ErasureStage.Removed);
    }

    // Where a store is an older copy, or a crash came between: what was erased for the order comes to nothing again.
    private void EraseAccounts(OrderId order)
    {
        IReadOnlySet<HashedId> digests = list.Accounts(order);
        if (digests.Count == 0 || traces.HasErased(order))
        {
            return;
        }

        list.NoteUnscrubbed();
        traces.Erase(
            [.. traces.All().Where(account => digests.Contains(ErasureOrders.DigestOf(key, account)))], order);
    }

    private void Scrub()
    {
        IReadOnlyList<ListedRecord> removed = list.At(ErasureStage.Removed, StepMax);
        if ((removed.Count > 0 || list.IsUnscrubbed) && scrub())
        {
            // What was taken out before the files were written anew is not in them.
            for (; removed.Count > 0; removed = list.At(ErasureStage.Removed, StepMax))
            {
                list.SetStage(removed.Select(static one => one.Locator), ErasureStage.Scrubbed);
            }

            list.NoteScrubbed();
        }
    }

    private static bool IsOut(ErasingOutcome outcome) => outcome switch
    {
        ErasingOutcome.Absent or ErasingOutcome.Removed or ErasingOutcome.Gone => true,
        ErasingOutcome.InBatch => false,
        _ => throw new InvalidOperationException("an outcome without a name"),
    };
}
