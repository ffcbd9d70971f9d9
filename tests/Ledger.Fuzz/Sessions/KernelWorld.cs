using System.Collections.Immutable;
using Ledger.Consensus;
using Ledger.Primitives;

namespace Ledger.Fuzz;

/// <summary>
/// The ports of a kernel under test: counts what it keeps, sends nothing, and agrees with blocks that keep the set.
/// </summary>
internal sealed class KernelWorld : IPeers, IBlockStore, IVoteSigner, IBlockExecutor, IEvidenceLog
{
    private readonly Queue<Input> answers = new();

    public KernelWorld(PublicKeyBytes key)
    {
        Keys = [key];
    }

    public ImmutableArray<PublicKeyBytes> Keys { get; }

    /// <summary>How many records of the vote state were kept: each stands for something that was signed.</summary>
    public int Votes { get; private set; }

    public int Commits { get; private set; }

    public int Evidence { get; private set; }

    public void Sign(PublicKeyBytes key, Hash256 digest, Span<byte> signature) =>
        HashSignatures.Sign(key, digest).CopyTo(signature);

    public void Persist(ImmutableArray<StoredItem> items, ReadOnlyMemory<byte> voteState, bool synced)
    {
        if (!voteState.IsEmpty)
        {
            FuzzViolation.Unless(VoteState.TryRead(voteState.Span, out _, out _), "keeps a vote state that none reads");
            Votes++;
        }
    }

    public void Commit(ProposalBlock block, Certificate certificate, ValidatorSet nextSet) => Commits++;

    public void Build(BuildRequest request) =>
        answers.Enqueue(new Input.ProposalBuilt(request.Height, request.View, null, null));

    public void Execute(ProposalBlock block, ExecutionMode mode)
    {
        bool agreed = block.Header.NextValidatorsHash == ConsensusSamples.Set.Hash;
        ExecutionOutcome outcome = agreed
            ? new ExecutionOutcome.Agreed(ConsensusSamples.Set)
            : new ExecutionOutcome.Invalid("another set");
        answers.Enqueue(new Input.Executed(block.Hash, mode, outcome));
    }

    public void Record(EquivocationEvidence evidence)
    {
        FuzzViolation.Unless(
            evidence.Verify(ConsensusSamples.ChainId, ConsensusSamples.Set, HashSignatures.Instance),
            "keeps evidence that proves nothing");
        Evidence++;
    }

    public void Send(ReadOnlyMemory<byte> message, Recipients recipients) => FuzzViolation.Unless(
        MessageVerifier.TryVerify(
            message.Span, ConsensusSamples.ChainId, ConsensusSamples.Set, HashSignatures.Instance, out _),
        "sends what nobody can verify");

    public void RequestBlocks(Address validator, ulong fromHeight)
    {
        // Nobody answers.
    }

    /// <summary>Gives the kernel what it waits for.</summary>
    public void Answer(ReplicaKernel kernel)
    {
        while (answers.TryDequeue(out Input? answer))
        {
            kernel.Handle(answer);
        }
    }
}
