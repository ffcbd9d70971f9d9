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
    /// Whether a message of this key was seen that was not signed here: a second process has the key, or this one was
    /// put back to an older state. From then on nothing is signed; a restart is the operator's word that it may (S-8).
    /// </summary>
    public bool IsKeyUsedElsewhere { get; private set; }

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

        Replica replica = Replica.Recover(recovered, voteState, ports.Verifier);
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

    void IEffectVisitor.Visit(Effect.BuildProposal effect) => ports.Executor.Build(effect.Request);

    void IEffectVisitor.Visit(Effect.Execute effect) => ports.Executor.Execute(effect.Block, effect.Mode);

    void IEffectVisitor.Visit(Effect.SignAndSend effect)
    {
        if (ports.Signer is not IVoteSigner signer)
        {
            answers.Enqueue(new Input.Refused(effect.Requests[0].Message.Kind, RefusalReason.NotAValidator));
            return;
        }

        if (IsKeyUsedElsewhere)
        {
            answers.Enqueue(new Input.Refused(effect.Requests[0].Message.Kind, RefusalReason.KeyUsedElsewhere));
            return;
        }

        SafetyContext context = new(
            replica.State.ChainId, replica.State.Self, replica.State.HeadHeight, replica.State.Epoch,
            replica.State.Set);
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
                    signed.Add(Sign(signer, request.Message, allowed.Body));
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

    void IEffectVisitor.Visit(Effect.RecordEvidence effect) => ports.Evidence.Record(effect.First, effect.Second);

    private VerifiedMessage Sign(IVoteSigner signer, ConsensusMessage message, byte[] body)
    {
        Span<byte> signature = stackalloc byte[Certificate.SignatureBytes];
        signer.Sign(MessageVerifier.DigestOf(replica.State.ChainId, body), signature);
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
            if (input is Input.MessageReceived received && ports.Signer is not null)
            {
                WatchOwnKey(received.Message);
            }

            Apply(replica.Step(input));
        }

        running = false;
    }

    // S-8. One's own messages come back from others: a new view that is sent again, a view change inside a new view.
    private void WatchOwnKey(VerifiedMessage message)
    {
        ReplicaState state = replica.State;
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
        if (IsKeyUsedElsewhere || !SafetyRules.IsSignedElsewhere(voteState, message.Content, digest))
        {
            return;
        }

        IsKeyUsedElsewhere = true;
        if (state.Own.TryGetValue((message.Content.View, message.Content.Kind), out VerifiedMessage? own)
            && own.Content.Height == message.Content.Height)
        {
            ports.Evidence.Record(own, message);
        }
    }

    private void Apply(ImmutableArray<Effect> effects)
    {
        foreach (Effect effect in effects)
        {
            effect.Accept(this);
        }
    }
}
