using System.Collections.Immutable;
using Ledger.Primitives;

namespace Ledger.Consensus;

/// <summary>
/// One validator (or observer): the replica, its safety rules, and the ports through which effects reach the world.
/// Synchronous, with one owner; node, simulator and tests run this same code. An exception of a port, or a broken
/// invariant, must end the process: the state in memory may then be ahead of what is durable (S-5).
/// </summary>
public sealed partial class ReplicaKernel : IEffectVisitor
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

    /// <summary>Messages of others that are kept; never more than <see cref="MessagesKeptMax"/>.</summary>
    public int MessagesKept =>
        replica.State.Votes.Count + replica.State.ViewChanges.Count + replica.State.EarlyProposals.Count
        + replica.State.Witnesses.Count;

    /// <summary>
    /// What n validators can make a replica keep: two votes in each view of the window and for the next height, a
    /// proposal, a view change and the newest message of each (C-6, S-8).
    /// </summary>
    public int MessagesKeptMax => Set.Count * ((2 * (int)(VoteLog.ViewsAheadMax + 1)) + 2 + 3);

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

    void IEffectVisitor.Visit(Effect.BuildProposal effect) => ports.Executor.Build(effect.Request);

    void IEffectVisitor.Visit(Effect.Execute effect) => ports.Executor.Execute(effect.Block, effect.Mode);

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

    private void Apply(ImmutableArray<Effect> effects)
    {
        foreach (Effect effect in effects)
        {
            effect.Accept(this);
        }
    }
}
