using System.Collections.Immutable;
using Ledger.Primitives;

namespace Ledger.Consensus;

/// <summary>The newest valid view change of each validator. Rules C-8, C-10 and C-12 of the protocol.</summary>
internal sealed class ViewChangeLog
{
    private readonly SortedDictionary<Address, VerifiedMessage> newest = [];
    private readonly SortedSet<Address> reported = [];

    /// <summary>How many are kept.</summary>
    public int Count => newest.Count;

    /// <summary>Whether a view change is newer than what is known of its sender.</summary>
    public bool IsNews(VerifiedMessage message) =>
        !newest.TryGetValue(message.Sender, out VerifiedMessage? known)
        || message.Content.View > known.Content.View
        || (message.Content.View == known.Content.View && message.Content.Height > known.Content.Height);

    /// <summary>
    /// The view change of the same sender, height and view that differs from this one, once for each sender; null where
    /// there is none.
    /// </summary>
    public VerifiedMessage? ConflictOf(VerifiedMessage message) =>
        newest.TryGetValue(message.Sender, out VerifiedMessage? known)
        && known.Content.Epoch == message.Content.Epoch
        && SeenSlot.Of(known.Content) == SeenSlot.Of(message.Content)
        && !known.Envelope.Body.Span.SequenceEqual(message.Envelope.Body.Span)
        && ReportOnce(message)
            ? known
            : null;

    /// <summary>Whether a sender has not been reported at this height yet; it is then taken to be.</summary>
    public bool ReportOnce(VerifiedMessage message) => reported.Add(message.Sender);

    /// <summary>Keeps a valid view change.</summary>
    public void Set(VerifiedMessage message) => newest[message.Sender] = message;

    /// <summary>How many have left for a view or a higher one.</summary>
    public int CountFrom(ulong view)
    {
        int count = 0;
        foreach (VerifiedMessage message in newest.Values)
        {
            count += message.Content.View >= view ? 1 : 0;
        }

        return count;
    }

    /// <summary>
    /// The (f + 1)-th highest of the views above one's own, one a validator, or null while fewer than f + 1 name one:
    /// at least one honest validator has left for it or a higher one (C-10).
    /// </summary>
    public ulong? JoinView(ulong ownView, int faultyMax)
    {
        List<ulong> views = [];
        foreach (VerifiedMessage message in newest.Values)
        {
            if (message.Content.View > ownView)
            {
                views.Add(message.Content.View);
            }
        }

        views.Sort();
        return views.Count > faultyMax ? views[views.Count - 1 - faultyMax] : null;
    }

    /// <summary>
    /// q view changes for exactly this height and view in ascending order of sender, the leader's own among them; null
    /// while there are fewer (C-12).
    /// </summary>
    public ImmutableArray<SignedEnvelope>? QuorumFor(ulong height, ulong view, Address leader, int quorum)
    {
        List<VerifiedMessage> fitting = [];
        bool own = false;
        foreach (VerifiedMessage message in newest.Values)
        {
            if (message.Content.Height == height && message.Content.View == view)
            {
                fitting.Add(message);
                own |= message.Sender == leader;
            }
        }

        if (!own || fitting.Count < quorum)
        {
            return null;
        }

        ImmutableArray<SignedEnvelope>.Builder chosen = ImmutableArray.CreateBuilder<SignedEnvelope>(quorum);
        int others = quorum - 1;
        foreach (VerifiedMessage message in fitting)
        {
            if (message.Sender == leader)
            {
                chosen.Add(message.Envelope);
            }
            else if (others > 0)
            {
                chosen.Add(message.Envelope);
                others--;
            }
        }

        return chosen.MoveToImmutable();
    }

    /// <summary>Forgets view changes of decided heights and other epochs, and of those without a seat.</summary>
    public void Prune(ulong height, ulong epoch, ValidatorSet set)
    {
        reported.Clear();
        ImmutableArray<Address> senders = [.. newest.Keys];
        foreach (Address sender in senders)
        {
            ConsensusMessage content = newest[sender].Content;
            if (content.Height < height || content.Epoch != epoch || set.IndexOf(sender) < 0)
            {
                newest.Remove(sender);
            }
        }
    }
}
