using System.Collections.Immutable;
using Ledger.Primitives;

namespace Ledger.Consensus;

/// <summary>A message's content, read and checked for form. The kinds are closed: see the nested types.</summary>
public abstract record ConsensusMessage
{
    private ConsensusMessage(MessageKind kind, ulong epoch, ulong height, ulong view)
    {
        Kind = kind;
        Epoch = epoch;
        Height = height;
        View = view;
    }

    /// <summary>Which of the nested types this is; votes are told apart by phase.</summary>
    public MessageKind Kind { get; }

    /// <summary>The epoch of the height.</summary>
    public ulong Epoch { get; }

    /// <summary>The height that is decided; for a status the last height committed.</summary>
    public ulong Height { get; }

    /// <summary>The view; for a view change the view to go to.</summary>
    public ulong View { get; }

    /// <summary>Whether it is in no slot and never logged: it decides nothing about blocks (S-6).</summary>
    public bool IsAdvice => Kind is MessageKind.Status or MessageKind.Witness;

    /// <summary>A block proposed by the leader of a view (C-1, C-12).</summary>
    public sealed record PrePrepare(ulong Epoch, ulong Height, ulong View, ProposalBlock Block)
        : ConsensusMessage(MessageKind.PrePrepare, Epoch, Height, View);

    /// <summary>A prepare or commit vote (C-3, C-4).</summary>
    public sealed record Vote(ulong Epoch, ulong Height, ulong View, VoteKind Phase, Hash256 BlockHash)
        : ConsensusMessage(Phase == VoteKind.Prepare ? MessageKind.Prepare : MessageKind.Commit, Epoch, Height, View);

    /// <summary>Leaving for a view, with what is prepared at the height, both or neither (C-9).</summary>
    public sealed record ViewChange(
        ulong Epoch, ulong Height, ulong View, Certificate? Prepared, ProposalBlock? PreparedBlock)
        : ConsensusMessage(MessageKind.ViewChange, Epoch, Height, View);

    /// <summary>The view changes that begin a view, each a signed message as received (C-12).</summary>
    public sealed record NewView(ulong Epoch, ulong Height, ulong View, ImmutableArray<SignedEnvelope> ViewChanges)
        : ConsensusMessage(MessageKind.NewView, Epoch, Height, View);

    /// <summary>
    /// The last height committed, its hash, and the view (C-16). With a start nonce it asks for a
    /// <see cref="Witness"/> (S-9); 0 asks for none.
    /// </summary>
    public sealed record Status(
        ulong Epoch, ulong Height, Hash256 HeadHash, ulong View, bool ChangingView, ulong StartNonce)
        : ConsensusMessage(MessageKind.Status, Epoch, Height, View);

    /// <summary>
    /// The newest message of the subject's key that the sender has seen, or null (S-9). Height and view are the
    /// sender's own, as in a status.
    /// </summary>
    public sealed record Witness(
        ulong Epoch, ulong Height, ulong View, Address Subject, ulong StartNonce, SeenSlot? Seen)
        : ConsensusMessage(MessageKind.Witness, Epoch, Height, View);
}
