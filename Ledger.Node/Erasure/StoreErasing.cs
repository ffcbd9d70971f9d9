using System.Runtime.ExceptionServices;
using Ledger.Node.Records;
using Ledger.Node.Sealing;

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

    // Whether something went out of the store whose key lives on, so that the store's file is to be written anew. After
    // a crash nobody knows, and it is done, which does no harm.
    private bool isStoreUnscrubbed = list.IsUnscrubbed || list.At(ErasureStage.Removed, 1).Count > 0;

    /// <summary>
    /// Before anything is served: whatever the list names goes, also where the store is an older copy that has it
    /// again. Throws <see cref="SealDamagedException"/> where a damaged value keeps accounts of an order from being
    /// erased, after all records were: then keys go and files are written anew once <see cref="Look"/> succeeds.
    /// </summary>
    public void Reapply()
    {
        SealDamagedException? damaged = null;
        foreach (ErasureOrder order in list.Orders())
        {
            damaged = EraseAccounts(order) ?? damaged;
            foreach (ListedRecord[] step in list.Of(order.Id).Chunk(StepMax))
            {
                Remove(step);
            }
        }

        EraseUntold();
        Finish(damaged);
    }

    /// <summary>Does what is open; throws as <see cref="Reapply"/> does.</summary>
    public void Look()
    {
        SealDamagedException? damaged = null;
        foreach (ErasureOrder order in list.Orders().Where(static order => order.Learner is not null))
        {
            damaged = EraseAccounts(order) ?? damaged;
        }

        Remove([.. list.At(ErasureStage.Listed, StepMax)]);
        Finish(damaged);
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

        (ListedRecord Record, ErasingOutcome Outcome)[] gone =
        [
            .. listed.Zip(outcomes).Where(static one => IsOut(one.Second)
                && (IsNew(one.Second) || one.First.Stage == ErasureStage.Listed)),
        ];
        isStoreUnscrubbed |= gone.Any(static one => one.Outcome != ErasingOutcome.RemovedWithKey);
        list.SetStage(gone.Select(static one => one.Record.Locator), ErasureStage.Removed);
    }

    // In an older copy nobody reads what the records told that are erased in it.
    private void EraseUntold()
    {
        isStoreUnscrubbed |= store.EraseUntold(list.NoteUnscrubbed);
    }

    // Where a store is an older copy, or a crash came between: what was erased for the order comes to nothing again.
    // What is damaged is told, and keeps nothing of other orders.
    private SealDamagedException? EraseAccounts(ErasureOrder order)
    {
        if (order.Learner is not { } learner || traces.HasErased(order.Id))
        {
            return null;
        }

        list.NoteUnscrubbed();
        try
        {
            IReadOnlySet<HashedId> digests = list.Accounts(order.Id);
            string[] accounts = digests.Count == 0
                ? []
                : [.. traces.All().Where(account => digests.Contains(ErasureOrders.DigestOf(key, account)))];
            traces.Erase(learner, accounts, order.Id);
            return null;
        }
        catch (SealDamagedException problem)
        {
            return problem;
        }
    }

    // Keys go when nothing that is listed is in the tables any more: what waits in a signed batch needs its key.
    private void Finish(SealDamagedException? damaged)
    {
        if (damaged is not null)
        {
            ExceptionDispatchInfo.Throw(damaged);
        }

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
        if ((!isStoreUnscrubbed || store.Scrub()) && scrub())
        {
            // What was taken out before the files were written anew is not in them.
            for (; removed.Count > 0; removed = list.At(ErasureStage.Removed, StepMax))
            {
                list.SetStage(removed.Select(static one => one.Locator), ErasureStage.Scrubbed);
            }

            isStoreUnscrubbed = false;
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
