using System.Collections.Immutable;
using Ledger.Primitives;

namespace Ledger.Consensus;

/// <summary>
/// The agreement of one validator as a function: input in, effects out. It has no clock, task, socket, file or
/// randomness. Each phase is a file of its own; rules C-1 to C-20 of the protocol are cited where they are applied.
/// </summary>
internal sealed partial class Replica : IInputVisitor
{
    private readonly ReplicaState state;

    /// <summary>
    /// Takes over what was recovered; <see cref="Start"/> must be called before the first <see cref="Step"/>.
    /// </summary>
    public Replica(ReplicaState state)
    {
        this.state = state;
    }

    /// <summary>The state, for reading.</summary>
    public ReplicaState State => state;

    /// <summary>Takes one input and returns what is to be done, in order.</summary>
    public ImmutableArray<Effect> Step(Input input)
    {
        Invariant.That(state.Effects.Count == 0);
        input.Accept(this);
        return DrainEffects();
    }

    void IInputVisitor.Visit(Input.MessageReceived input)
    {
        VerifiedMessage message = input.Message;
        if (message.Sender == state.Self)
        {
            return;
        }

        NoteClaim(message);
        if (!message.Content.IsAdvice)
        {
            state.Witnesses.Note(message);
        }

        switch (message.Content)
        {
            case ConsensusMessage.Status status:
                OnStatus(message.Sender, status);
                break;
            case ConsensusMessage.Witness witness:
                OnWitness(message.Sender, witness);
                break;
            case ConsensusMessage content when content.Epoch != state.Epoch:
                break; // C-19
            case ConsensusMessage.PrePrepare prePrepare:
                OnPrePrepare(message, prePrepare);
                break;
            case ConsensusMessage.Vote vote:
                OnVote(message, vote);
                break;
            case ConsensusMessage.ViewChange viewChange:
                OnViewChange(message, viewChange);
                break;
            case ConsensusMessage.NewView newView:
                OnNewView(message, newView);
                break;
        }
    }

    void IInputVisitor.Visit(Input.Signed input)
    {
        foreach (VerifiedMessage message in input.Messages)
        {
            if (message.Content.IsAdvice || message.Content.Height != state.Height)
            {
                continue;
            }

            state.Own[(message.Content.View, message.Content.Kind)] = message;
            OnOwnMessage(message);
        }
    }

    // The safety rules know of something that this state does not, for example after records were lost and found again.
    // Nothing was sent; the timer moves the replica on. A leader builds no block at every tick for it.
    void IInputVisitor.Visit(Input.Refused input)
    {
        if (input.Kind == MessageKind.PrePrepare)
        {
            state.BuildAgainAt = state.Now + Ticks.BuildAgain;
        }
    }

    void IInputVisitor.Visit(Input.WorkChanged input)
    {
        if (input.Pending && !state.WorkPending)
        {
            // The question that gave nothing was asked before this work came.
            state.BuildAgainAt = state.Now;
            state.WorkCameWhileBuilding = state.Building;
        }

        state.WorkPending = input.Pending;
        ProposeIfLeader();
    }

    private void OnOwnMessage(VerifiedMessage message)
    {
        switch (message.Content)
        {
            case ConsensusMessage.PrePrepare prePrepare:
                OnOwnPrePrepare(message, prePrepare);
                break;
            case ConsensusMessage.Vote vote:
                OnOwnVote(message, vote);
                break;
            case ConsensusMessage.ViewChange:
                state.ViewChanges.Set(message);
                SendNewViewIfLeader();
                break;
            case ConsensusMessage.NewView newView:
                OnOwnNewView(message, newView);
                break;
            case ConsensusMessage.Status:
            case ConsensusMessage.Witness:
                break;
        }
    }

    private ImmutableArray<Effect> DrainEffects()
    {
        ImmutableArray<Effect> effects = state.Effects.ToImmutable();
        state.Effects.Clear();
        return effects;
    }

    private void Emit(Effect effect) => state.Effects.Add(effect);

    private void Sign(SignRequest request, ImmutableArray<StoredItem> items) =>
        Emit(new Effect.SignAndSend([request], items, Recipients.All));
}
