using Ledger.Contracts.State;
using Ledger.Node.Chain;
using Ledger.Node.Copies;
using Ledger.Node.Custody;
using Ledger.Node.Records;
using Ledger.Primitives;

namespace Ledger.Node.Erasure;

/// <summary>
/// Follows what the ledger shows as erased: what this institution wrote comes onto its list, whichever of its nodes
/// erased it, and copies of what others wrote go, out of custody and of what was granted. Used by one thread.
/// </summary>
public sealed class ErasureFollower(
    Address self,
    ChainState chain,
    LedgerErasures ledger,
    CustodyStore custody,
    CopyStore copies,
    ErasureList list,
    TimeProvider time)
{
    /// <summary>Goes on from where it was, up to the head.</summary>
    public void Look()
    {
        ulong head = chain.Head.Height;
        ulong followed = list.FollowedHeight;
        if (head <= followed)
        {
            return;
        }

        if (ledger.LacksBlocksAfter(followed))
        {
            CompareCopies();
        }

        LedgerErasure[] erased = [.. ledger.Between(followed + 1, head)];
        LedgerErasure[] ofOthers = [.. erased.Where(one => one.Writer != self)];
        if (ofOthers.Length > 0)
        {
            list.NoteUnscrubbed();
            EraseCopies(ofOthers);
        }

        list.Follow(erased.Where(one => one.Writer == self).Select(static one => (one.Locator, one.Height)), head);
    }

    // Of blocks that a snapshot has spared this node nobody tells: what they erased stands in the ranges as tombstones.
    private void CompareCopies()
    {
        foreach ((LlpcName llpc, Address writer) in copies.Groups()
            .Select(static one => (one.Group.Llpc, one.Group.Writer)).Distinct())
        {
            list.NoteUnscrubbed();
            copies.Erase(llpc, writer, ledger.Tombstones(llpc, writer), time.GetUtcNow().ToUnixTimeMilliseconds());
        }
    }

    private void EraseCopies(LedgerErasure[] erased)
    {
        custody.Erase([.. erased.Select(static one => (one.Writer, one.Locator))]);
        foreach (IGrouping<(LlpcName Llpc, Address Writer), ulong> range in erased.GroupBy(
            static one => (one.Llpc, one.Writer), static one => one.Index))
        {
            copies.Erase(range.Key.Llpc, range.Key.Writer, range, time.GetUtcNow().ToUnixTimeMilliseconds());
        }
    }
}
