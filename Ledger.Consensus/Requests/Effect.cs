using System.Collections.Immutable;
using Ledger.Primitives;

namespace Ledger.Consensus;

/// <summary>
/// All that a replica can ask for. Effects are applied strictly in order. The kinds are closed: see the nested types.
/// </summary>
public abstract record Effect
{
    private Effect()
    {
    }

    /// <summary>Hands itself to the method for its kind; a missing kind does not compile.</summary>
    public abstract void Accept(IEffectVisitor visitor);

    /// <summary>Build and execute a block; answered by <see cref="Input.ProposalBuilt"/> (C-1).</summary>
    public sealed record BuildProposal(BuildRequest Request) : Effect
    {
        /// <inheritdoc/>
        public override void Accept(IEffectVisitor visitor) => visitor.Visit(this);
    }

    /// <summary>
    /// Obtain the bodies and execute; answered by <see cref="Input.Executed"/> (C-3). A later request makes an earlier
    /// one that has no answer yet unnecessary.
    /// </summary>
    public sealed record Execute(ProposalBlock Block, ExecutionMode Mode) : Effect
    {
        /// <inheritdoc/>
        public override void Accept(IEffectVisitor visitor) => visitor.Visit(this);
    }

    /// <summary>
    /// Sign all or nothing, make items and vote state durable in one synced batch, then send; answered by
    /// <see cref="Input.Signed"/> or <see cref="Input.Refused"/> (S-5).
    /// </summary>
    public sealed record SignAndSend(
        ImmutableArray<SignRequest> Requests, ImmutableArray<StoredItem> Items, Recipients To) : Effect
    {
        /// <inheritdoc/>
        public override void Accept(IEffectVisitor visitor) => visitor.Visit(this);
    }

    /// <summary>
    /// Write items without waiting for the disk; the next synced write makes them durable first (C-15).
    /// </summary>
    public sealed record Persist(ImmutableArray<StoredItem> Items) : Effect
    {
        /// <inheritdoc/>
        public override void Accept(IEffectVisitor visitor) => visitor.Visit(this);
    }

    /// <summary>Send messages again, byte for byte (C-11, C-15).</summary>
    public sealed record Resend(ImmutableArray<VerifiedMessage> Messages, Recipients To) : Effect
    {
        /// <inheritdoc/>
        public override void Accept(IEffectVisitor visitor) => visitor.Visit(this);
    }

    /// <summary>Make a decided, executed block and its certificate durable in one batch (C-5).</summary>
    public sealed record Commit(ProposalBlock Block, Certificate Certificate, ValidatorSet NextSet) : Effect
    {
        /// <inheritdoc/>
        public override void Accept(IEffectVisitor visitor) => visitor.Visit(this);
    }

    /// <summary>
    /// Ask one validator for decided blocks; answered by any number of <see cref="Input.CertifiedBlockReceived"/>.
    /// </summary>
    public sealed record RequestBlocks(Address Validator, ulong FromHeight) : Effect
    {
        /// <inheritdoc/>
        public override void Accept(IEffectVisitor visitor) => visitor.Visit(this);
    }

    /// <summary>Store two conflicting messages of one key (C-6).</summary>
    public sealed record RecordEvidence(EquivocationEvidence Evidence) : Effect
    {
        /// <inheritdoc/>
        public override void Accept(IEffectVisitor visitor) => visitor.Visit(this);
    }
}
