using Ledger.Node.Chain;
using Ledger.Node.Custody;
using Ledger.Node.Records;
using Ledger.Primitives;

namespace Ledger.Node.Erasure;

/// <summary>
/// Follows what the ledger shows as erased: what this institution wrote comes onto its list, whichever of its nodes
/// erased it, and copies of what others wrote go. Used by one thread.
/// </summary>
public sealed class ErasureFollower(
    Address self, ChainState chain, LedgerErasures ledger, CustodyStore custody, ErasureList list)
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

        LedgerErasure[] erased = [.. ledger.Between(followed + 1, head)];
        (Address, RecordLocator)[] copies =
            [.. erased.Where(one => one.Writer != self).Select(static one => (one.Writer, one.Locator))];
        if (copies.Length > 0)
        {
            list.NoteUnscrubbed();
            custody.Erase(copies);
        }

        list.Follow(erased.Where(one => one.Writer == self).Select(static one => (one.Locator, one.Height)), head);
    }
}
