using System.Collections.Immutable;
using System.Threading.Channels;
using Ledger.Client.Keys;
using Ledger.Consensus;
using Ledger.Node.Agreement;
using Ledger.Primitives;

namespace Ledger.Node.Tests.Support;

/// <summary>A validator's kernel on its thread, with real keys; what it asks of the world is noted.</summary>
internal sealed class KernelBench : IPeers, IBlockStore, IBlockExecutor, IEvidenceLog, IDisposable
{
    private readonly SigningKey[] keys;
    private readonly CountingVerifier verifier = new();
    private readonly Channel<(Address Validator, ulong Height)> asked =
        Channel.CreateUnbounded<(Address Validator, ulong Height)>();

    private readonly TaskCompletionSource<int> executed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The kernel of the set's last place, on a genesis of these vote keys.</summary>
    public KernelBench(Hash256 chainId, ValidatorSet set, SigningKey[] keys)
    {
        this.keys = keys;
        ChainId = chainId;
        Set = set;
        Self = set[set.Count - 1].Address;
        Host = new KernelHost(problem => executed.TrySetException(problem));
        Genesis = new BlockHeader
        {
            Height = 0,
            Epoch = 0,
            ParentHash = ChainId,
            TimeUnixMs = TestLedger.Time,
            TransactionRoot = MerkleList.Root([]),
            ReceiptRoot = MerkleList.Root([]),
            StateRoot = Hash256.Zero,
            ValidatorsHash = Set.Hash,
            NextValidatorsHash = Set.Hash,
        };
    }

    public Hash256 ChainId { get; }

    public ValidatorSet Set { get; }

    public Address Self { get; }

    public KernelHost Host { get; }

    public BlockHeader Genesis { get; }

    /// <summary>Whom the kernel asked for blocks, and from which height.</summary>
    public ChannelReader<(Address Validator, ulong Height)> Asked => asked.Reader;

    /// <summary>
    /// Ends when the kernel asks for the execution of a block, with the number of signatures it checked before.
    /// </summary>
    public Task<int> Executed => executed.Task;

    /// <summary>A bench of so many validators with keys of its own.</summary>
    public static KernelBench Of(int validators)
    {
        SigningKey[] keys = [.. Enumerable.Range(0, validators).Select(_ => SigningKey.Create())
            .OrderBy(key => key.Address)];
        ValidatorSet set = ValidatorSet.Of(keys.Select(key => new Validator(key.Address, key.PublicKey)));
        return new KernelBench(TaggedHash.Of(Tags.Genesis, "bench"u8), set, keys);
    }

    /// <summary>Starts the kernel's thread.</summary>
    public void Start()
    {
        RecoveredState recovered = new(
            ChainId, Self, 0, BlockHeader.HashOf(Genesis.Encode()), Genesis.TimeUnixMs, 0, 0, Set, 1, default, []);
        Host.Start(ReplicaKernel.Recover(
            recovered, new KernelPorts(this, this, new VoteSigner([keys[^1]]), verifier, this, this)));
    }

    /// <summary>A block on genesis.</summary>
    public ProposalBlock Block()
    {
        Hash256[] leaves = [TaggedHash.Of("test/leaf"u8, "1"u8)];
        return ProposalBlock.Of(
            new BlockHeader
            {
                Height = 1,
                Epoch = 0,
                ParentHash = BlockHeader.HashOf(Genesis.Encode()),
                TimeUnixMs = Genesis.TimeUnixMs + 1,
                TransactionRoot = MerkleList.Root(leaves),
                ReceiptRoot = MerkleList.Root(leaves),
                StateRoot = leaves[0],
                ValidatorsHash = Set.Hash,
                NextValidatorsHash = Set.Hash,
            },
            [.. leaves]);
    }

    /// <summary>What the validator of a place says, signed.</summary>
    public VerifiedMessage Say(int place, ConsensusMessage message)
    {
        byte[] body = MessageCodec.Encode(message);
        byte[] signature = keys[place].Sign(MessageVerifier.DigestOf(ChainId, body));
        return new VerifiedMessage(
            Set[place].Address, message, SignedEnvelope.Of(Set[place].Address, body, signature));
    }

    /// <summary>The prepare certificate of a block in view 0, by as many validators as are needed.</summary>
    public Certificate Prepared(ProposalBlock block) => CertificateOf(block, VoteKind.Prepare);

    /// <summary>The commit certificate of a block in view 0, by as many validators as are needed.</summary>
    public Certificate Decided(ProposalBlock block) => CertificateOf(block, VoteKind.Commit);

    void IPeers.Send(ReadOnlyMemory<byte> message, Recipients recipients)
    {
    }

    void IPeers.RequestBlocks(Address validator, ulong fromHeight) => asked.Writer.TryWrite((validator, fromHeight));

    void IBlockStore.Persist(ImmutableArray<StoredItem> items, ReadOnlyMemory<byte> voteState, bool synced)
    {
    }

    void IBlockStore.Commit(ProposalBlock block, Certificate certificate, ValidatorSet nextSet)
    {
    }

    void IBlockExecutor.Build(BuildRequest request)
    {
    }

    void IBlockExecutor.Execute(ProposalBlock block, ExecutionMode mode) => executed.TrySetResult(verifier.Checked);

    void IEvidenceLog.Record(EquivocationEvidence evidence)
    {
    }

    public void Dispose()
    {
        Host.Dispose();
        foreach (SigningKey key in keys)
        {
            key.Dispose();
        }
    }

    private Certificate CertificateOf(ProposalBlock block, VoteKind kind)
    {
        ConsensusMessage vote = new ConsensusMessage.Vote(0, block.Height, 0, kind, block.Hash);
        return new Certificate(
            kind, 0, block.Height, 0, block.Hash,
            [.. Enumerable.Range(0, Set.Quorum)
                .Select(place => new CertificateVote(place, Say(place, vote).Envelope.Signature))]);
    }
}
