using Google.Protobuf;
using Ledger.Client.Keys;
using Ledger.Client.Records;
using Ledger.Client.Transactions;
using Ledger.Client.Verification;
using Ledger.Consensus;
using Ledger.Contracts.Execution;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Contracts.Transactions;
using Ledger.Primitives;

namespace Ledger.Client.Tests.Verification;

/// <summary>
/// A chain of four institutions with real contracts, headers and certificates: what a node would make, without the
/// node.
/// </summary>
internal sealed class SmallChain : IDisposable
{
    public const string Verb = "http://adlnet.gov/expapi/verbs/completed";

    private const long StartUnixMs = 1_700_000_000_000;

    private readonly List<SigningKey> identities = [];
    private readonly List<SigningKey> votes = [];
    private readonly ValidatorSet set;
    private LedgerState state;
    private BlockHeader head;
    private ParsedTransaction? last;
    private BlockResult? lastResult;
    private readonly List<AppendedRecord> records = [];

    public SmallChain()
    {
        Genesis genesis = new() { Version = 1, Name = "small", TimeUnixMs = StartUnixMs };
        for (byte place = 1; place <= 4; place++)
        {
            identities.Add(SigningKey.FromSecret(Enumerable.Repeat(place, 32).ToArray()));
            votes.Add(SigningKey.FromSecret(Enumerable.Repeat((byte)(place + 100), 32).ToArray()));
            genesis.Founders.Add(new Founder
            {
                Name = $"School {place}",
                Domain = $"school{place}.example",
                Kind = InstitutionKind.LearningProvider,
                IdentityKey = Field(identities[^1].PublicKey.ToArray()),
                VoteKey = Field(votes[^1].PublicKey.ToArray()),
                PeerEndpoint = $"https://school{place}.example:7000",
            });
        }

        GenesisBytes = genesis.ToByteArray();
        GenesisState start = GenesisState.Build(GenesisBytes);
        ChainId = start.ChainId;
        state = start.State;
        set = ValidatorSet.Of(start.Validators.Select(static seat => new Validator(seat.Address, seat.VoteKey)));
        head = new BlockHeader
        {
            Height = 0,
            Epoch = 0,
            ParentHash = ChainId,
            TimeUnixMs = StartUnixMs,
            TransactionRoot = start.TransactionRoot,
            ReceiptRoot = start.ReceiptRoot,
            StateRoot = state.Root,
            ValidatorsHash = set.Hash,
            NextValidatorsHash = set.Hash,
        };
    }

    public byte[] GenesisBytes { get; }

    public Hash256 ChainId { get; }

    public SigningKey Learner { get; } = SigningKey.FromSecret(Enumerable.Repeat((byte)50, 32).ToArray());

    public SigningKey School => identities[0];

    public TrustRoot Trust => TrustRoot.TryFromGenesis(GenesisBytes, out TrustRoot? root)
        ? root
        : throw new InvalidOperationException("The genesis document is not taken.");

    public byte[] HeadBytes => head.Encode();

    public byte[] SetBytes => set.Encode();

    /// <summary>Decides a block of one transaction with one group, acted by the first signer.</summary>
    public void Decide(IReadOnlyList<SigningKey> signers, params Operation[] operations)
    {
        TransactionBuilder builder = new(ChainId, head.TimeUnixMs + 60_000);
        foreach (SigningKey signer in signers)
        {
            builder.AddSigner(signer.Address, signer.PublicKey);
        }

        PendingTransaction pending = builder.WithRandom(new byte[16]).AddGroup(0, operations).Build();
        foreach (SigningKey signer in signers)
        {
            pending.AddSignature(signer);
        }

        last = TransactionReader.Read(pending.ToSignedBytes(), ChainId, Ed25519Verifier.Instance).Transaction!;
        BlockContext context = new(head.Height + 1, head.TimeUnixMs + 1000, ChainId);
        lastResult = BlockExecutor.Execute(state, NoRecords.Instance, context, [last]);
        records.AddRange(lastResult.Records);
        state = lastResult.State;
        head = head with
        {
            Height = context.Height,
            ParentHash = BlockHeader.HashOf(head.Encode()),
            TimeUnixMs = context.TimeUnixMs,
            TransactionRoot = lastResult.TransactionRoot,
            ReceiptRoot = lastResult.ReceiptRoot,
            StateRoot = lastResult.StateRoot,
        };
    }

    /// <summary>The receipt of the last block's first operation.</summary>
    public Receipt Receipt() => new()
    {
        Version = 1,
        Membership = Membership(),
        Block = Block(),
        Transaction = SignedTransaction.Parser.ParseFrom(last!.SignedBytes.Span),
        Group = 0,
        Operation = 0,
        Result = ByteString.CopyFrom(lastResult!.Receipts[0].Result.Span),
        Path = ListProofs.Of([.. lastResult.Receipts.Select(static receipt => receipt.Leaf)], 0),
    };

    public StateEvidence Evidence(StateKey key) => new()
    {
        Version = 1,
        Membership = Membership(),
        Block = Block(),
        Key = ByteString.CopyFrom(key.Raw.Span),
        Value = state.TryGet(key, out ReadOnlyMemory<byte> value) ? ByteString.CopyFrom(value.Span) : ByteString.Empty,
        Proof = state.Tree.Prove(key.Hash),
    };

    /// <summary>Enrols the learner, makes its LLPC, and anchors statements with salts that are their place.</summary>
    public void AnchorStatements(params string[] statements)
    {
        Decide([Learner], Operations.UicCreate());
        Decide([Learner, School], Operations.Enrol(Learner.Address, School.Address));
        List<RecordEntry> entries = [.. statements.Select((statement, place) => new RecordEntry
        {
            Locator = new Locator
            {
                Lrs = 1, QueryTemplate = 1, KeyVersion = 1,
                    HashedId = ByteString.CopyFrom(new byte[15].Append((byte)place).ToArray()),
            },
            Commitment = ByteString.CopyFrom(RecordCommitment.Compute(
                RecordType.XapiStatement, System.Text.Encoding.UTF8.GetBytes(statement), Salt(place)).ToArray()),
        })];
        Address learner = Learner.Address;
        Decide(
            [School],
            Operations.PicCreate(),
            Operations.LlpcCreate(learner, Verb),
            Operations.UicInsert(learner, Verb),
            Operations.PicInsert(learner, Verb),
            Operations.LlpcInsert(learner, Verb, entries));
    }

    /// <summary>The bundle of a box that returns the first statements and withholds the rest.</summary>
    public RecordBundle Bundle(params string[] statements)
    {
        LlpcName llpc = new(Learner.Address, Verb);
        StateKey key = StateKeys.RecordRange(llpc, School.Address);
        state.TryGet(key, out ReadOnlyMemory<byte> value);
        Hash256[] leaves = [.. records.Select(static record => RangeLeaf.OfRecord(record.Leaf))];
        WriterRecords writer = new()
        {
            Writer = Field(School.Address.ToArray()),
            Range = RecordRange.Parser.ParseFrom(value.Span),
            RangeProof = state.Tree.Prove(key.Hash),
            Withheld = (ulong)(leaves.Length - statements.Length),
        };
        writer.Records.AddRange(statements.Select((statement, place) => new ReleasedRecord
        {
            Leaf = records[place].Leaf,
            Proof = RecordRanges.Prove(leaves, (ulong)place),
            Type = "xapi",
            Content = ByteString.CopyFromUtf8(statement),
            Salt = ByteString.CopyFrom(Salt(place)),
        }));
        RecordBundle bundle = new()
        {
            Version = 1, Membership = Membership(), Block = Block(), Learner = Field(Learner.Address.ToArray()),
                Verb = Verb,
        };
        bundle.Writers.Add(writer);
        return bundle;
    }

    public void Dispose()
    {
        identities.ForEach(static key => key.Dispose());
        votes.ForEach(static key => key.Dispose());
        Learner.Dispose();
    }

    private static byte[] Salt(int place) => Enumerable.Repeat((byte)place, 32).ToArray();

    private static ByteString Field(byte[] bytes) => ByteString.CopyFrom(bytes);

    private MembershipChain Membership() => new() { Genesis = Field(GenesisBytes) };

    /// <summary>The head with the commit votes of three of the four.</summary>
    private CertifiedHeader Block()
    {
        byte[] bytes = head.Encode();
        Hash256 hash = BlockHeader.HashOf(bytes);
        byte[] vote = MessageCodec.Encode(
            new ConsensusMessage.Vote(0, head.Height, 0, Ledger.Consensus.VoteKind.Commit, hash));
        Certificate certificate = new(
            Ledger.Consensus.VoteKind.Commit,
            0,
            head.Height,
            0,
            hash,
            [.. Enumerable.Range(0, set.Quorum).Select(place => new CertificateVote(
                place, VoteKeyAt(place).Sign(MessageVerifier.DigestOf(ChainId, vote))))]);
        return new CertifiedHeader { Header = Field(bytes), Certificate = certificate.ToMessage() };
    }

    private SigningKey VoteKeyAt(int place) => votes.Single(key => key.PublicKey == set[place].VoteKey);
}
