using System.Collections.Immutable;
using Ledger.Primitives;

namespace Ledger.Consensus;

/// <summary>
/// One validator (or observer): the replica, its safety rules, and the ports through which effects reach the world.
/// Synchronous, with one owner; node, simulator and tests run this same code. An exception of a port, or a broken
/// invariant, must end the process: the state in memory may then be ahead of what is durable (S-5).
/// </summary>
public sealed class ReplicaKernel : IEffectVisitor
{
    /// <summary>A validator that is further behind says that it is not ready for a new set (C-21).</summary>
    public const ulong ReadyBehindMax = 10;

    private readonly Replica replica;
    private readonly KernelPorts ports;
    private readonly Queue<Input> inputs = new();
    private readonly Queue<Input> answers = new();
    private VoteState voteState;
    private bool running;

    private ReplicaKernel(Replica replica, VoteState voteState, KernelPorts ports)
    {
        this.replica = replica;
        this.voteState = voteState;
        this.ports = ports;
    }

    /// <summary>The committed height.</summary>
    public ulong Height => replica.State.HeadHeight;

    /// <summary>The committed head's hash.</summary>
    public Hash256 HeadHash => replica.State.HeadHash;

    /// <summary>
    /// The epoch of the height in flight; what ingress threads check messages against, with <see cref="Set"/>.
    /// </summary>
    public ulong Epoch => replica.State.Epoch;

    /// <summary>The set of the height in flight.</summary>
    public ValidatorSet Set => replica.State.Set;

    /// <summary>The highest view left for or entered.</summary>
    public ulong View => replica.State.ViewReached;

    /// <summary>Whether a view change is under way.</summary>
    public bool IsChangingView => replica.State.LeavingFor is not null;

    /// <summary>The highest height for which a commit vote was signed (F-1).</summary>
    public ulong CommitSignedHeight => voteState.CommitSignedHeight;

    /// <summary>
    /// Whether it votes. <see cref="Standing.Stopped"/> lasts until a restart: a message of this key was seen that was
    /// not signed here, so that a second process has the key or this one was put back to an older state (S-8). The host
    /// must not restart it as a validator without its operator's word.
    /// </summary>
    public Standing Standing => replica.State.Standing;

    /// <summary>How many blocks the head is behind what at least one honest validator has; 0 at the head.</summary>
    public ulong BehindBy =>
        replica.State.CatchUp.BehindBy(replica.State.HeadHeight, replica.State.Set.FaultyMax);

    /// <summary>
    /// Starts or restarts from what is durable. It believes that no work is pending until it is told otherwise. Throws
    /// <see cref="InvalidDataException"/> when the vote state is damaged: a validator that has forgotten what it signed
    /// must not vote.
    /// </summary>
    public static ReplicaKernel Recover(RecoveredState recovered, KernelPorts ports)
    {
        VoteState voteState = VoteState.Empty;
        if (!recovered.VoteState.IsEmpty)
        {
            voteState = VoteState.TryRead(recovered.VoteState.Span, out VoteState? read, out _)
                ? read
                : throw new InvalidDataException(
                    "The vote state is damaged. Start as an observer, without the vote key.");
        }

        ImmutableArray<PublicKeyBytes> keys = ports.Signer?.Keys ?? [];
        Replica replica = Replica.Recover(recovered, voteState, ports.Verifier, keys.Contains);
        ReplicaKernel kernel = new(replica, voteState, ports);
        kernel.Apply(replica.Start());
        kernel.Drain();
        return kernel;
    }

    /// <summary>
    /// Takes an input and works until nothing is left to do. A port may call this during an effect; the input then
    /// waits until the effects before it are applied.
    /// </summary>
    public void Handle(Input input)
    {
        inputs.Enqueue(input);
        if (!running)
        {
            Drain();
        }
    }

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

    void IEffectVisitor.Visit(Effect.BuildProposal effect) => ports.Executor.Build(effect.Request);

    void IEffectVisitor.Visit(Effect.Execute effect) => ports.Executor.Execute(effect.Block, effect.Mode);

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

    void IEffectVisitor.Visit(Effect.Persist effect) => ports.Store.Persist(effect.Items, default, synced: false);

    void IEffectVisitor.Visit(Effect.Resend effect)
    {
        foreach (VerifiedMessage message in effect.Messages)
        {
            ports.Peers.Send(message.Envelope.Encode(), effect.To);
        }
    }

    void IEffectVisitor.Visit(Effect.Commit effect) =>
        ports.Store.Commit(effect.Block, effect.Certificate, effect.NextSet);

    void IEffectVisitor.Visit(Effect.RequestBlocks effect) =>
        ports.Peers.RequestBlocks(effect.Validator, effect.FromHeight);

    void IEffectVisitor.Visit(Effect.RecordEvidence effect) => ports.Evidence.Record(effect.Evidence);

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
                    ports.Peers.Send(Sign(signer, key, request.Message, allowed.Body).Envelope.Encode(), effect.To);
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
                    signed.Add(Sign(signer, key, request.Message, allowed.Body));
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

    private VerifiedMessage Sign(IVoteSigner signer, PublicKeyBytes key, ConsensusMessage message, byte[] body)
    {
        Span<byte> signature = stackalloc byte[Certificate.SignatureBytes];
        signer.Sign(key, MessageVerifier.DigestOf(replica.State.ChainId, body), signature);
        return new VerifiedMessage(
            replica.State.Self, message, SignedEnvelope.Of(replica.State.Self, body, signature));
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

    private void Drain()
    {
        running = true;
        while (answers.TryDequeue(out Input? input) || inputs.TryDequeue(out input))
        {
            if (input is Input.MessageReceived received)
            {
                WatchOwnKey(received.Message);
                if (IsForgotten(received.Message.Content))
                {
                    continue;
                }
            }

            Apply(replica.Step(input));
        }

        running = false;
    }

    // S-8. One's own messages come back from others: a new view that is sent again, a view change inside a new view.
    private void WatchOwnKey(VerifiedMessage message)
    {
        ReplicaState state = replica.State;
        if (ports.Signer is null)
        {
            return;
        }

        if (message.Sender == state.Self)
        {
            JudgeOwn(message);
        }
        else if (message.Content is ConsensusMessage.NewView newView)
        {
            foreach (SignedEnvelope envelope in newView.ViewChanges)
            {
                if (envelope.Sender == state.Self
                    && MessageVerifier.TryVerify(
                        envelope, state.ChainId, state.Set, state.Verifier, out VerifiedMessage? own))
                {
                    JudgeOwn(own);
                }
            }
        }
    }

    private void JudgeOwn(VerifiedMessage message)
    {
        ReplicaState state = replica.State;
        Hash256 digest = MessageVerifier.DigestOf(state.ChainId, message.Envelope.Body.Span);
        if (state.Stopped || !SafetyRules.IsSignedElsewhere(voteState, state.HeadHeight, message.Content, digest))
        {
            return;
        }

        Apply(replica.Step(new Input.KeyUsedElsewhere()));
        if (state.Own.TryGetValue((message.Content.View, message.Content.Kind), out VerifiedMessage? own)
            && own.Content.Height == message.Content.Height)
        {
            ports.Evidence.Record(new EquivocationEvidence(own.Envelope, message.Envelope));
        }
    }

    // S-9. A witness that saw more than is remembered does not count. What it saw is sent beside it and judged by
    // itself, so that a claim without proof stops nobody.
    private bool IsForgotten(ConsensusMessage message) =>
        message is ConsensusMessage.Witness { Seen: SeenSlot seen } witness
        && witness.Subject == replica.State.Self
        && SafetyRules.IsForgotten(voteState, replica.State.HeadHeight, seen);

    private void Apply(ImmutableArray<Effect> effects)
    {
        foreach (Effect effect in effects)
        {
            effect.Accept(this);
        }
    }
}
