using System.Diagnostics;
using Ledger.Contracts.Custody;
using Ledger.Contracts.LearnerProvider;
using Ledger.Contracts.Learners;
using Ledger.Contracts.State;

namespace Ledger.Contracts.Execution;

/// <summary>Closes what has ended by time, at the start of a block. Rule T-3 of the protocol.</summary>
internal static class ExpiredInstances
{
    /// <summary>
    /// So many in one block, so that a mass of equal end times cannot hold a block up; look-ups filter by time.
    /// </summary>
    public const int ClosedMax = 256;

    public static void Close(BlockDraft draft, BlockContext block)
    {
        ExpiryEntry[] due =
            [.. draft.Expiry.TakeWhile(entry => entry.EndUnixMs <= block.TimeUnixMs).Take(ClosedMax)];
        foreach (ExpiryEntry entry in due)
        {
            // A grant closes what is under it, which may be due too.
            if (draft.Expiry.Contains(entry))
            {
                Expire(draft, entry, block.Height);
            }
        }
    }

    private static void Expire(BlockDraft draft, ExpiryEntry entry, ulong height)
    {
        switch (entry.Key.Kind)
        {
            case StateKind.Grant:
                GrantBook.Expire(draft, LlpcInstance.Of(draft, entry.Key), height);
                break;
            case StateKind.Request:
                RequestBook.Expire(draft, LlpcInstance.Of(draft, entry.Key), height);
                break;
            case StateKind.Guardianship:
                GuardianBook.Expire(draft, entry, height);
                break;
            case StateKind.Recovery:
                RecoveryBook.Expire(draft, entry, height);
                break;
            case StateKind.CustodyAgreement:
                CustodyBook.Expire(draft, entry, height);
                break;
            default:
                throw new UnreachableException("Nothing else is queued: see ExpiringKinds.");
        }
    }
}
