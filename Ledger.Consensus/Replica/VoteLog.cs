using System.Collections.Immutable;
using Ledger.Primitives;

namespace Ledger.Consensus;

/// <summary>
/// The votes of the height in flight, one for each (view, kind, validator), and of the next height, one for each (kind,
/// validator). Bounded by the window of views. Rule C-6 of the protocol.
/// </summary>
internal sealed class VoteLog
{
    /// <summary>Views ahead of one's own that votes are kept for: memory for each peer is bounded.</summary>
    public const ulong ViewsAheadMax = 64;

    private readonly SortedDictionary<(ulong View, VoteKind Phase), VerifiedMessage?[]> current = [];
    private readonly SortedDictionary<(VoteKind Phase, Address Sender), VerifiedMessage> next = [];
    private readonly SortedSet<(ulong View, VoteKind Phase, Address Sender)> reported = [];
    private ValidatorSet set;

    /// <summary>Starts empty.</summary>
    public VoteLog(ValidatorSet set)
    {
        this.set = set;
    }

    /// <summary>How many votes are kept.</summary>
    public int Count
    {
        get
        {
            int count = next.Count;
            foreach (VerifiedMessage?[] votes in current.Values)
            {
                foreach (VerifiedMessage? vote in votes)
                {
                    count += vote is null ? 0 : 1;
                }
            }

            return count;
        }
    }

    /// <summary>
    /// Takes a vote of the height in flight. Returns the earlier one, once, where the same key has voted differently.
    /// </summary>
    public VerifiedMessage? Add(VerifiedMessage message, ConsensusMessage.Vote vote, ulong ownView)
    {
        int place = set.IndexOf(message.Sender);
        if (place < 0 || vote.View < ownView || vote.View - ownView > ViewsAheadMax)
        {
            return null;
        }

        if (!current.TryGetValue((vote.View, vote.Phase), out VerifiedMessage?[]? votes))
        {
            votes = new VerifiedMessage?[set.Count];
            current.Add((vote.View, vote.Phase), votes);
        }

        VerifiedMessage? earlier = votes[place];
        votes[place] ??= message;
        return earlier is not null
            && earlier.Content != message.Content
            && reported.Add((vote.View, vote.Phase, message.Sender))
                ? earlier
                : null;
    }

    /// <summary>Keeps a vote of the next height, the first of its kind and sender.</summary>
    public void AddNext(VerifiedMessage message, ConsensusMessage.Vote vote)
    {
        if (set.IndexOf(message.Sender) >= 0)
        {
            next.TryAdd((vote.Phase, message.Sender), message);
        }
    }

    /// <summary>The certificate of the votes for a block, or null while they are fewer than q.</summary>
    public Certificate? CertificateOf(VoteKind phase, ulong epoch, ulong height, ulong view, Hash256 blockHash)
    {
        if (!current.TryGetValue((view, phase), out VerifiedMessage?[]? votes))
        {
            return null;
        }

        ImmutableArray<CertificateVote>.Builder found = ImmutableArray.CreateBuilder<CertificateVote>();
        for (int place = 0; place < votes.Length && found.Count < set.Quorum; place++)
        {
            if (votes[place] is VerifiedMessage message
                && message.Content is ConsensusMessage.Vote vote
                && vote.BlockHash == blockHash)
            {
                found.Add(new CertificateVote(place, message.Envelope.Signature));
            }
        }

        return found.Count < set.Quorum
            ? null
            : new Certificate(phase, epoch, height, view, blockHash, found.ToImmutable());
    }

    /// <summary>Forgets views below the one that was entered.</summary>
    public void DropBelow(ulong view)
    {
        while (current.Count > 0)
        {
            (ulong View, VoteKind Phase) lowest = default;
            foreach ((ulong View, VoteKind Phase) key in current.Keys)
            {
                lowest = key;
                break;
            }

            if (lowest.View >= view)
            {
                return;
            }

            current.Remove(lowest);
        }
    }

    /// <summary>
    /// Goes to the next height; what was kept for it and is of its epoch is returned, to be taken as if it came now.
    /// </summary>
    public ImmutableArray<VerifiedMessage> Advance(ValidatorSet nextSet, ulong epoch)
    {
        set = nextSet;
        current.Clear();
        reported.Clear();
        ImmutableArray<VerifiedMessage>.Builder kept = ImmutableArray.CreateBuilder<VerifiedMessage>();
        foreach (VerifiedMessage message in next.Values)
        {
            if (message.Content.Epoch == epoch)
            {
                kept.Add(message);
            }
        }

        next.Clear();
        return kept.ToImmutable();
    }
}
