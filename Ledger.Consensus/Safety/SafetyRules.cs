using System.Collections.Immutable;
using Ledger.Primitives;

namespace Ledger.Consensus;

/// <summary>
/// "May I sign this?": the one pure function that every signature of the vote key passes. Rules S-1 to S-6 of the
/// protocol.
/// </summary>
public static class SafetyRules
{
    /// <summary>
    /// Decides about one request. Several requests of one batch are decided in turn, each on the state of the last.
    /// </summary>
    public static SafetyDecision Decide(
        VoteState state, SignRequest request, SafetyContext context, ISignatureVerifier verifier)
    {
        ConsensusMessage message = request.Message;
        byte[] body = MessageCodec.Encode(message);
        Hash256 digest = MessageVerifier.DigestOf(context.ChainId, body);
        if (message.IsAdvice)
        {
            return new SafetyDecision.Allowed(state, body, digest); // S-6
        }

        if (context.Set.IndexOf(context.Self) < 0)
        {
            return new SafetyDecision.Refused(RefusalReason.NotAValidator);
        }

        if (RefusalOf(state, request, digest, context, verifier) is RefusalReason reason)
        {
            return new SafetyDecision.Refused(reason);
        }

        VoteState next = Holds(state, message, digest) ? state : Next(state, message, digest);
        return new SafetyDecision.Allowed(next, body, digest);
    }

    /// <summary>
    /// Whether a message with a valid signature of the key of this vote state was not signed on it: nothing leaves
    /// before it is in the vote state (S-5), so it is either in a slot, or of a height or view that is over, or of
    /// another process (S-8). Advice is in no slot and says nothing.
    /// </summary>
    public static bool IsSignedElsewhere(
        VoteState state, ulong committedHeight, ConsensusMessage message, Hash256 digest)
    {
        if (message.IsAdvice)
        {
            return false;
        }

        return SlotOf(state, SeenSlot.Of(message)) is VoteSlot slot
            ? slot.Digest != digest
            : IsForgotten(state, committedHeight, SeenSlot.Of(message));
    }

    /// <summary>
    /// Whether something that others saw of this key is not remembered, though neither its height nor its view is over
    /// (S-9).
    /// </summary>
    public static bool IsForgotten(VoteState state, ulong committedHeight, SeenSlot seen) =>
        seen.Height > committedHeight
        && SlotOf(state, seen) is null
        && (seen.Height > state.Height || (seen.Height == state.Height && seen.View >= state.ViewFloor));

    /// <summary>
    /// Whether one may say that one is ready for a new set: the change is from the set in force, and the head is one's
    /// own (C-21). Null where it may be signed.
    /// </summary>
    public static RefusalReason? RefusalOf(ReadyStatement ready, SafetyContext context, Hash256 headHash)
    {
        if (ready.Epoch != context.Epoch || ready.OldSet != context.Set.Hash)
        {
            return RefusalReason.WrongEpoch;
        }

        return ready.ChainId == context.ChainId
            && ready.HeadHeight == context.CommittedHeight
            && ready.HeadHash == headHash
                ? null
                : RefusalReason.NotTheHead;
    }

    private static RefusalReason? RefusalOf(
        VoteState state, SignRequest request, Hash256 digest, SafetyContext context, ISignatureVerifier verifier)
    {
        ConsensusMessage message = request.Message;
        if (message.Epoch != context.Epoch)
        {
            return RefusalReason.WrongEpoch;
        }

        if (message.Height <= context.CommittedHeight || message.Height < state.Height)
        {
            return RefusalReason.HeightDecided;
        }

        if (IsSlotTaken(state, message, digest))
        {
            return RefusalReason.SlotTaken;
        }

        if (!Holds(state, message, digest) && IsViewLeft(state, message))
        {
            return RefusalReason.ViewLeft;
        }

        // S-10
        if (message is ConsensusMessage.ViewChange { Prepared: null } && state.CommitSignedHeight == message.Height)
        {
            return RefusalReason.PreparedForgotten;
        }

        return message is ConsensusMessage.Vote { Phase: VoteKind.Commit } vote
            && !IsPrepared(vote, request.Prepared, context, verifier)
                ? RefusalReason.NotPrepared
                : null;
    }

    // S-2: the slot is (height, view, kind).
    private static bool IsSlotTaken(VoteState state, ConsensusMessage message, Hash256 digest) =>
        SlotOf(state, SeenSlot.Of(message)) is VoteSlot slot && slot.Digest != digest;

    private static bool Holds(VoteState state, ConsensusMessage message, Hash256 digest) =>
        SlotOf(state, SeenSlot.Of(message)) is VoteSlot slot && slot.Digest == digest;

    private static VoteSlot? SlotOf(VoteState state, SeenSlot seen)
    {
        if (seen.Height != state.Height)
        {
            return null;
        }

        foreach (VoteSlot slot in state.Slots)
        {
            if (slot.Kind == seen.Kind && slot.View == seen.View)
            {
                return slot;
            }
        }

        return null;
    }

    // S-3. Leaving for a view that was already voted in would let the same view begin twice.
    private static bool IsViewLeft(VoteState state, ConsensusMessage message) =>
        message.View < state.ViewFloor
        || (message.Kind == MessageKind.ViewChange && message.View <= state.ViewVotedIn);

    // S-4.
    private static bool IsPrepared(
        ConsensusMessage.Vote vote, Certificate? prepared, SafetyContext context, ISignatureVerifier verifier) =>
        prepared is not null
        && prepared.Kind == VoteKind.Prepare
        && prepared.Epoch == vote.Epoch
        && prepared.Height == vote.Height
        && prepared.View == vote.View
        && prepared.BlockHash == vote.BlockHash
        && CertificateRules.IsValid(prepared, context.ChainId, context.Set, verifier);

    private static VoteState Next(VoteState state, ConsensusMessage message, Hash256 digest)
    {
        bool leaves = message.Kind == MessageKind.ViewChange;
        bool commits = message.Kind == MessageKind.Commit;
        ulong viewLeftFor = leaves ? Math.Max(state.ViewLeftFor, message.View) : state.ViewLeftFor;
        ulong viewVotedIn = leaves ? state.ViewVotedIn : Math.Max(state.ViewVotedIn, message.View);
        ulong floor = Math.Max(viewLeftFor, viewVotedIn);
        ImmutableArray<VoteSlot>.Builder slots = ImmutableArray.CreateBuilder<VoteSlot>();
        if (message.Height == state.Height)
        {
            foreach (VoteSlot slot in state.Slots)
            {
                if (slot.View >= floor)
                {
                    slots.Add(slot);
                }
            }
        }

        slots.Add(new VoteSlot(message.Kind, message.View, digest));
        return state with
        {
            Height = message.Height,
            ViewLeftFor = viewLeftFor,
            ViewVotedIn = viewVotedIn,
            CommitSignedHeight = commits ? message.Height : state.CommitSignedHeight,
            Slots = slots.ToImmutable(),
        };
    }
}
