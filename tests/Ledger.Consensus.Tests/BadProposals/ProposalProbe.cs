using System.Collections.Immutable;
using Ledger.Primitives;

namespace Ledger.Consensus.Tests;

/// <summary>A replica whose every write, message and execution is noted.</summary>
internal sealed class ProposalProbe : IPeers, IBlockStore, IBlockExecutor, IEvidenceLog
{
    private const ulong StartNonce = 1;

    private readonly TestChain chain;
    private readonly string verdict;
    private readonly ReplicaKernel kernel;
    private readonly List<ConsensusMessage> sent = [];
    private readonly List<StoredItem> written = [];

    public ProposalProbe(TestChain chain, int place, string verdict)
    {
        this.chain = chain;
        this.verdict = verdict;
        SimulatedStore empty = new(chain.Genesis, chain.Set);
        kernel = ReplicaKernel.Recover(
            empty.Recover(chain.ChainId, chain.Set[place].Address, StartNonce),
            new KernelPorts(this, this, chain.Signers[place], chain.Keys, this, this));
        foreach (int other in Enumerable.Range(0, chain.Set.Count).Where(one => one != place))
        {
            kernel.Handle(new Input.MessageReceived(chain.Sign(other, new ConsensusMessage.Witness(
                0, 0, 0, chain.Set[place].Address, StartNonce, null))));
        }
    }

    /// <summary>Height, head, view and whether it is being left.</summary>
    public (ulong Height, Hash256 Head, ulong View, bool Leaving) State =>
        (kernel.Height, kernel.HeadHash, kernel.View, kernel.IsChangingView);

    /// <summary>Messages but for statuses.</summary>
    public IEnumerable<ConsensusMessage> Sent => sent.Where(one => !one.IsAdvice);

    public IReadOnlyList<StoredItem> Written => written;

    public int Executions { get; private set; }

    public int Commits { get; private set; }

    public int Evidence { get; private set; }

    /// <summary>Brings bytes as the network does; whether they reached the replica.</summary>
    public bool Receive(byte[] bytes)
    {
        if (!MessageVerifier.TryVerify(bytes, chain.ChainId, kernel.Set, chain.Keys, out VerifiedMessage? message))
        {
            return false;
        }

        kernel.Handle(new Input.MessageReceived(message));
        return true;
    }

    public void Tick(int count)
    {
        for (int tick = 0; tick < count; tick++)
        {
            kernel.Handle(new Input.Tick());
        }
    }

    public void Send(ReadOnlyMemory<byte> message, Recipients recipients)
    {
        bool read = MessageVerifier.TryVerify(
            message.Span, chain.ChainId, chain.Set, chain.Keys, out VerifiedMessage? verified);
        Assert.That(read, Is.True);
        sent.Add(verified!.Content);
    }

    public void RequestBlocks(Address validator, ulong fromHeight)
    {
        // A claim of a greater height may be followed up; nothing of it is taken without a certificate.
    }

    public void Persist(ImmutableArray<StoredItem> items, ReadOnlyMemory<byte> voteState, bool synced) =>
        written.AddRange(items);

    public void Commit(ProposalBlock block, Certificate certificate, ValidatorSet nextSet) => Commits++;

    public void Build(BuildRequest request) => Assert.Fail("nobody asked this replica to lead");

    public void Execute(ProposalBlock block, ExecutionMode mode)
    {
        Executions++;
        kernel.Handle(new Input.Executed(block.Hash, mode, new ExecutionOutcome.Invalid(verdict)));
    }

    public void Record(EquivocationEvidence evidence) => Evidence++;
}
