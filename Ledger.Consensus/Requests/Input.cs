using System.Collections.Immutable;
using Ledger.Primitives;

namespace Ledger.Consensus;

/// <summary>All that a replica can be told. The kinds are closed: see the nested types.</summary>
public abstract record Input
{
    private Input()
    {
    }

    /// <summary>Hands itself to the method for its kind; a missing kind does not compile.</summary>
    internal abstract void Accept(IInputVisitor visitor);

    /// <summary>20 ms have passed.</summary>
    public sealed record Tick : Input
    {
        internal override void Accept(IInputVisitor visitor) => visitor.Visit(this);
    }

    /// <summary>A message of another validator, its signature checked against the current set.</summary>
    public sealed record MessageReceived(VerifiedMessage Message) : Input
    {
        internal override void Accept(IInputVisitor visitor) => visitor.Visit(this);
    }

    /// <summary>
    /// The answer to <see cref="Effect.BuildProposal"/>: an executed block with the set that follows it, or null for
    /// both when there is nothing to propose.
    /// </summary>
    public sealed record ProposalBuilt(ulong Height, ulong View, ProposalBlock? Block, ValidatorSet? NextSet) : Input
    {
        internal override void Accept(IInputVisitor visitor) => visitor.Visit(this);
    }

    /// <summary>The answer to <see cref="Effect.Execute"/> for the same hash and mode.</summary>
    public sealed record Executed(Hash256 BlockHash, ExecutionMode Mode, ExecutionOutcome Outcome) : Input
    {
        internal override void Accept(IInputVisitor visitor) => visitor.Visit(this);
    }

    /// <summary>The answer to <see cref="Effect.SignAndSend"/>: own messages, durable and sent.</summary>
    public sealed record Signed(ImmutableArray<VerifiedMessage> Messages) : Input
    {
        internal override void Accept(IInputVisitor visitor) => visitor.Visit(this);
    }

    /// <summary>
    /// The other answer to <see cref="Effect.SignAndSend"/>: the safety rules refused, and nothing was sent.
    /// </summary>
    public sealed record Refused(MessageKind Kind, RefusalReason Reason) : Input
    {
        internal override void Accept(IInputVisitor visitor) => visitor.Visit(this);
    }

    /// <summary>Whether transactions wait to be put into a block (C-7).</summary>
    public sealed record WorkChanged(bool Pending) : Input
    {
        internal override void Accept(IInputVisitor visitor) => visitor.Visit(this);
    }

    /// <summary>
    /// How long the oldest transaction that may be put into a block has waited here; told once a second while any
    /// waits (C-20).
    /// </summary>
    public sealed record OldestWork(ulong AgeTicks) : Input
    {
        internal override void Accept(IInputVisitor visitor) => visitor.Visit(this);
    }

    /// <summary>A message of one's own key was seen that was not signed here (S-8).</summary>
    public sealed record KeyUsedElsewhere : Input
    {
        internal override void Accept(IInputVisitor visitor) => visitor.Visit(this);
    }

    /// <summary>
    /// A decided block that <paramref name="From"/> sent on request (C-17). Nothing about it has been checked.
    /// </summary>
    public sealed record CertifiedBlockReceived(ProposalBlock Block, Certificate Certificate, Address From) : Input
    {
        internal override void Accept(IInputVisitor visitor) => visitor.Visit(this);
    }

    /// <summary>
    /// A member that has no seat here, or another vote key than is known here, and whose connection proves who it is,
    /// says that it has committed a height: this replica may be behind a change of the set (C-17).
    /// </summary>
    public sealed record PeerClaimed(Address From, ulong Height) : Input
    {
        internal override void Accept(IInputVisitor visitor) => visitor.Visit(this);
    }

    /// <summary>A validator answered a request for blocks with what could not even be read (C-17).</summary>
    public sealed record BadAnswer(Address From) : Input
    {
        internal override void Accept(IInputVisitor visitor) => visitor.Visit(this);
    }
}
