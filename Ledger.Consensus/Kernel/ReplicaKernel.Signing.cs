using System.Collections.Immutable;
using Ledger.Primitives;

namespace Ledger.Consensus;

// What leaves with a signature: votes under the safety rules, advice, and ready statements. Rules S-1 to S-6 and C-21.
/// <content>What leaves with a signature.</content>
public sealed partial class ReplicaKernel
{
    /// <summary>
    /// Signs that this validator of a new set is ready for it, with its key in that set; null while it is not: without
    /// that key, stopped, or behind by more than <see cref="ReadyBehindMax"/> blocks (C-21).
    /// </summary>
    public ReadySignature? SignReady(ValidatorSet newSet)
    {
        ReplicaState state = replica.State;
        int place = newSet.IndexOf(state.Self);
        ReadyStatement statement = new(
            state.ChainId, state.Epoch, state.Set.Hash, newSet.Hash, state.HeadHeight, state.HeadHash);
        if (state.Stopped
            || place < 0
            || ports.Signer is not IVoteSigner signer
            || !signer.Keys.Contains(newSet[place].VoteKey)
            || BehindBy > ReadyBehindMax
            || SafetyRules.RefusalOf(statement, Context(), state.HeadHash) is not null)
        {
            return null;
        }

        byte[] signature = new byte[Certificate.SignatureBytes];
        signer.Sign(newSet[place].VoteKey, statement.Digest, signature);
        return new ReadySignature(statement, place, signature);
    }

    void IEffectVisitor.Visit(Effect.SignAndSend effect)
    {
        bool advice = effect.Requests[0].Message.IsAdvice;
        if (ports.Signer is not IVoteSigner signer || replica.State.Stopped || (!advice && RefusalNow() is not null))
        {
            Refuse(effect, RefusalNow() ?? RefusalReason.NotAValidator);
        }
        else if (advice)
        {
            SendAdvice(signer, effect);
        }
        else
        {
            SignVotes(signer, effect);
        }
    }

    private SafetyContext Context() => new(
        replica.State.ChainId, replica.State.Self, replica.State.HeadHeight, replica.State.Epoch, replica.State.Set);

    // The replica asks for no votes then; here is the last word.
    private RefusalReason? RefusalNow() => Standing switch
    {
        Standing.Voting => null,
        Standing.Observer => RefusalReason.NotAValidator,
        Standing.Waiting => RefusalReason.NotWitnessed,
        Standing.Stopped => RefusalReason.KeyUsedElsewhere,
        _ => throw new InvariantException("the standings are closed"),
    };

    private void Refuse(Effect.SignAndSend effect, RefusalReason reason) =>
        answers.Enqueue(new Input.Refused(effect.Requests[0].Message.Kind, reason));

    // Without regard to a seat, and by every key, for those that are in an epoch before or after this one (C-16).
    private void SendAdvice(IVoteSigner signer, Effect.SignAndSend effect)
    {
        foreach (PublicKeyBytes key in signer.Keys)
        {
            foreach (SignRequest request in effect.Requests)
            {
                if (SafetyRules.Decide(voteState, request, Context(), ports.Verifier)
                    is SafetyDecision.Allowed allowed)
                {
                    ports.Peers.Send(Sign(signer, key, request.Message, allowed).Envelope.Encode(), effect.To);
                }
            }
        }
    }

    private void SignVotes(IVoteSigner signer, Effect.SignAndSend effect)
    {
        SafetyContext context = Context();
        PublicKeyBytes key = context.Set[context.Set.IndexOf(context.Self)].VoteKey;
        VoteState next = voteState;
        ImmutableArray<VerifiedMessage>.Builder signed = ImmutableArray.CreateBuilder<VerifiedMessage>(
            effect.Requests.Length);
        foreach (SignRequest request in effect.Requests)
        {
            switch (SafetyRules.Decide(next, request, context, ports.Verifier))
            {
                case SafetyDecision.Refused refused:
                    answers.Enqueue(new Input.Refused(request.Message.Kind, refused.Reason));
                    return;
                case SafetyDecision.Allowed allowed:
                    next = allowed.State;
                    signed.Add(Sign(signer, key, request.Message, allowed));
                    break;
            }
        }

        MakeDurable(next, effect.Items, signed);
        foreach (VerifiedMessage message in signed)
        {
            ports.Peers.Send(message.Envelope.Encode(), effect.To);
        }

        answers.Enqueue(new Input.Signed(signed.ToImmutable()));
    }

    private VerifiedMessage Sign(
        IVoteSigner signer, PublicKeyBytes key, ConsensusMessage message, SafetyDecision.Allowed allowed)
    {
        Span<byte> signature = stackalloc byte[Certificate.SignatureBytes];
        signer.Sign(key, allowed.Digest, signature);
        return new VerifiedMessage(
            replica.State.Self, message, SignedEnvelope.Of(replica.State.Self, allowed.Body, signature));
    }

    // S-5. A status changes no state and is not logged (S-6).
    private void MakeDurable(
        VoteState next, ImmutableArray<StoredItem> items, ImmutableArray<VerifiedMessage>.Builder signed)
    {
        if (ReferenceEquals(next, voteState))
        {
            return;
        }

        ImmutableArray<StoredItem>.Builder all = ImmutableArray.CreateBuilder<StoredItem>(items.Length + signed.Count);
        all.AddRange(items);
        foreach (VerifiedMessage message in signed)
        {
            all.Add(StoredItem.Own(message));
        }

        VoteState standing = next.Seal(out byte[] record);
        ports.Store.Persist(all.ToImmutable(), record, synced: true);
        voteState = standing;
    }
}
