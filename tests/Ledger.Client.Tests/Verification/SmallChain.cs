using Google.Protobuf;
using Ledger.Client.Keys;
using Ledger.Client.Records;
using Ledger.Client.Seats;
using Ledger.Client.Transactions;
using Ledger.Client.Verification;
using Ledger.Consensus;
using Ledger.Contracts.Execution;
using Ledger.Contracts.Protos;
using Ledger.Contracts.Registrar;
using Ledger.Contracts.State;
using Ledger.Contracts.Transactions;
using Ledger.Primitives;
using ValidatorSetMessage = Ledger.Consensus.Protos.ValidatorSetMessage;

namespace Ledger.Client.Tests.Verification;

/// <summary>
/// A chain of four institutions with real contracts, headers and certificates: what a node would make, without the
/// node.
/// </summary>
internal sealed class SmallChain : IDisposable
{
    public const string Verb = "http://adlnet.gov/expapi/verbs/completed";

    public const string AnyStatement =
        """{"id":"00000000-0000-4000-8000-000000000001","actor":{"mbox":"mailto:a@b.example"},"ve"""
        + """rb":{"id":"http://adlnet.gov/expapi/verbs/completed"},"object":{"id":"http://b.example/1"},"time"""
        + """stamp":"2024-05-01T10:00:00Z"}""";

    private const long StartUnixMs = 1_700_000_000_000;

    private readonly List<SigningKey> identities = [];
    private readonly List<SigningKey> votes = [];
    private readonly List<EpochEnd> ends = [];
    private ValidatorSet set;
    private ValidatorSet nextSet;
    private RecentHeads heads;
    private LedgerState state;
    private BlockHeader head;
    private ParsedTransaction? last;
    private BlockResult? lastResult;
    private readonly List<AppendedRecord> records = [];

    public SmallChain(string name = "small")
    {
        Genesis genesis = new() { Version = 1, Name = name, TimeUnixMs = StartUnixMs };
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
        nextSet = set;
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
        heads = RecentHeads.Of(0, BlockHeader.HashOf(head.Encode()));
    }

    public byte[] GenesisBytes { get; }

    public Hash256 ChainId { get; }

    public SigningKey Learner { get; } = SigningKey.FromSecret(Enumerable.Repeat((byte)50, 32).ToArray());

    public SigningKey School => identities[0];

    public TrustRoot Trust => TrustRoot.TryFromGenesis(GenesisBytes, out TrustRoot? root)
        ? root
        : throw new InvalidOperationException("The genesis document is not taken.");

    public byte[] HeadBytes => head.Encode();

    /// <summary>The set of the next height.</summary>
    public byte[] SetBytes => nextSet.Encode();

    public ValidatorSet Set => nextSet;

    public BlockHeader Head => head;

    public LedgerState State => state;

    public IReadOnlyList<SigningKey> Identities => identities;

    /// <summary>Every vote key that there ever was, retired ones too.</summary>
    public IReadOnlyList<SigningKey> VoteKeys => votes;

    public TrustRoot Checkpoint => TrustRoot.TryFromCheckpoint(ChainId, HeadBytes, SetBytes, out TrustRoot? root)
        ? root
        : throw new InvalidOperationException("The head is not taken.");

    /// <summary>All records that were anchored, in order.</summary>
    public IReadOnlyList<RecordLeaf> Leaves => [.. records.Select(static record => record.Leaf)];

    /// <summary>The code of the last block's last operation.</summary>
    public ResultCode LastCode =>
        OperationResult.Parser.ParseFrom(lastResult!.Receipts[^1].Result.Span).Code;

    /// <summary>Decides a block of one transaction with one group, acted by the first signer.</summary>
    public void Decide(IReadOnlyList<SigningKey> signers, params Operation[] operations)
    {
        TransactionBuilder builder = new(ChainId, head.TimeUnixMs + 60_000);
        foreach (SigningKey signer in signers)
        {
            builder.AddSigner(signer.Address, signer.PublicKey);
        }

        byte[] random = new byte[16];
        random[0] = unchecked((byte)head.Height);
        PendingTransaction pending = builder.WithRandom(random).AddGroup(0, operations).Build();
        foreach (SigningKey signer in signers)
        {
            pending.AddSignature(signer);
        }

        last = TransactionReader.Read(pending.ToSignedBytes(), ChainId, Ed25519Verifier.Instance).Transaction!;
        BlockContext context = new(head.Height + 1, head.TimeUnixMs + 1000, ChainId, heads);
        lastResult = BlockExecutor.Execute(state, NoRecords.Instance, context, [last]);
        records.AddRange(lastResult.Records);
        state = lastResult.State;
        ulong epoch = EpochAfter(head);
        set = nextSet;
        nextSet = MembershipPlan.SetOf(lastResult.NextValidators);
        head = head with
        {
            Height = context.Height,
            Epoch = epoch,
            ParentHash = BlockHeader.HashOf(head.Encode()),
            TimeUnixMs = context.TimeUnixMs,
            TransactionRoot = lastResult.TransactionRoot,
            ReceiptRoot = lastResult.ReceiptRoot,
            StateRoot = lastResult.StateRoot,
            ValidatorsHash = set.Hash,
            NextValidatorsHash = nextSet.Hash,
        };
        heads = heads.With(BlockHeader.HashOf(head.Encode()));
        if (head.EndsEpoch)
        {
            ends.Add(new EpochEnd { Last = Block(), Next = ValidatorSetMessage.Parser.ParseFrom(nextSet.Encode()) });
        }
    }

    /// <summary>A vote key that some seat is to have.</summary>
    public SigningKey NewVoteKey()
    {
        votes.Add(SigningKey.FromSecret(Enumerable.Repeat((byte)(votes.Count + 101), 32).ToArray()));
        return votes[^1];
    }

    /// <summary>Registers an institution and lets the founders admit it.</summary>
    public SigningKey NewSchool()
    {
        byte place = (byte)(identities.Count + 1);
        identities.Add(SigningKey.FromSecret(Enumerable.Repeat(place, 32).ToArray()));
        SigningKey school = identities[^1];
        Decide([school], Operations.RegisterInstitution(
            $"School {place}", $"school{place}.example", InstitutionKind.LearningProvider));
        foreach (SigningKey voter in identities.Take(4))
        {
            Decide([voter], Operations.VoteInstitution(school.Address, 1, approve: true));
        }

        return school;
    }

    /// <summary>The seat of an institution gets a new key, and the change is activated.</summary>
    public SigningKey RotateSeat(SigningKey school)
    {
        SigningKey key = NewVoteKey();
        Decide([school], Operations.SeatRotate(
            set[set.IndexOf(school.Address)].VoteKey,
            key.PublicKey,
            SeatChangeFactory.ProofOf(ChainId, school.Address, key)));
        Activate(school);
        return key;
    }

    /// <summary>Everybody approves a change and it is activated.</summary>
    public void ChangeSeats(SigningKey proposer, params SeatChange[] changes)
    {
        Decide([proposer], Operations.SeatPropose(changes));
        ulong number = state.SeatProposalCount();
        foreach (SigningKey voter in identities.Where(voter => voter != proposer))
        {
            Decide([voter], Operations.SeatVote(number, approve: true));
        }

        Activate(proposer);
    }

    /// <summary>Activates the newest proposal with ready signatures of the first q of the new set.</summary>
    public void Activate(SigningKey actor)
    {
        ulong number = state.SeatProposalCount();
        (IReadOnlyList<ValidatorSeat> seats, ResultCode? refusal) =
            SeatRules.Apply(state, state.SeatProposal(number)!.Changes);
        ValidatorSet next = refusal is null
            ? MembershipPlan.SetOf(seats)
            : throw new InvalidOperationException($"The change does not apply: {refusal}.");
        ReadyStatement statement = new(
            ChainId, EpochAfter(head), nextSet.Hash, next.Hash, head.Height, BlockHeader.HashOf(head.Encode()));
        ReadySignature[] ready = [.. Enumerable.Range(0, next.Quorum).Select(place => new ReadySignature(
            statement, place, VoteKeyOf(next[place].VoteKey).Sign(statement.Digest)))];
        Decide([actor], Operations.SeatActivate(number, next, ready));
        if (LastCode != ResultCode.Accepted)
        {
            throw new InvalidOperationException($"The activation was refused: {LastCode}.");
        }
    }

    /// <summary>A header with the commit votes of these keys, each at its place in the set.</summary>
    public CertifiedHeader Certified(BlockHeader header, ValidatorSet voters, IEnumerable<SigningKey> keys)
    {
        byte[] bytes = header.Encode();
        Hash256 hash = BlockHeader.HashOf(bytes);
        byte[] vote = MessageCodec.Encode(new ConsensusMessage.Vote(
            header.Epoch, header.Height, 0, Ledger.Consensus.VoteKind.Commit, hash));
        Hash256 digest = MessageVerifier.DigestOf(ChainId, vote);
        IEnumerable<CertificateVote> signed = keys
            .Select(key => (Place: PlaceOf(voters, key.PublicKey), Key: key))
            .OrderBy(static one => one.Place)
            .Select(one => new CertificateVote(one.Place, one.Key.Sign(digest)));
        Certificate certificate = new(
            Ledger.Consensus.VoteKind.Commit, header.Epoch, header.Height, 0, hash, [.. signed]);
        return new CertifiedHeader { Header = Field(bytes), Certificate = certificate.ToMessage() };
    }

    public static ulong EpochAfter(BlockHeader header) => header.EndsEpoch ? header.Epoch + 1 : header.Epoch;

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
            NextIndex = (ulong)leaves.Length,
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
            Version = 2,
            Membership = Membership(),
            Block = Block(),
            Learner = Field(Learner.Address.ToArray()),
        };
        bundle.Verbs.Add(new VerbRecords { Verb = Verb, Writers = { writer } });
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

    /// <summary>The epochs that ended before the head's.</summary>
    public MembershipChain Membership()
    {
        MembershipChain chain = new() { Genesis = Field(GenesisBytes) };
        chain.Ends.AddRange(ends.Take((int)head.Epoch));
        return chain;
    }

    /// <summary>The head with the commit votes of q of its set.</summary>
    private CertifiedHeader Block() => Certified(
        head, set, set.Validators.Take(set.Quorum).Select(validator => VoteKeyOf(validator.VoteKey)));

    private SigningKey VoteKeyOf(PublicKeyBytes key) => votes.Single(one => one.PublicKey == key);

    private static int PlaceOf(ValidatorSet voters, PublicKeyBytes key) =>
        voters.Validators.Select(static validator => validator.VoteKey).ToList().IndexOf(key);
}
