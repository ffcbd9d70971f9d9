using Google.Protobuf;
using Ledger.Client.Boxes;
using Ledger.Client.Features;
using Ledger.Client.Keys;
using Ledger.Client.Nodes;
using Ledger.Client.Protos;
using Ledger.Client.Records;
using Ledger.Client.Sealing;
using Ledger.Client.Trail;
using Ledger.Client.Transactions;
using Ledger.Client.Verification;
using Ledger.Contracts.Execution;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Node.Api;
using Ledger.Node.Box;
using Ledger.Node.Chain;
using Ledger.Node.Custody;
using Ledger.Node.Granted;
using Ledger.Node.Records;
using Ledger.Node.Sealing;
using Ledger.Node.Tests.Records;
using Ledger.Node.Tests.Support;
using Ledger.Primitives;
using Microsoft.Extensions.Logging.Abstractions;

namespace Ledger.Node.Tests.Box;

/// <summary>North's box on a chain, with a store; in place of a network the test says what a round gives.</summary>
internal sealed class BoxBench : IDisposable
{
    public const string Verb = Statements.Viewed;

    private readonly DatabaseFolder folder = new();
    private readonly StoreFolder files = new();
    private readonly ChainBuilder blocks;
    private readonly RecordStore store;
    private readonly CustodyStore custody;
    private readonly ReadCounts counts;
    private readonly RequestMarks marks;
    private readonly EncryptionKey encryption = EncryptionKey.Create();
    private readonly Func<int, IntakeRecord> statement;
    private long time = TestLedger.Time;

    /// <summary>With so many anchored records, each like the others.</summary>
    public BoxBench(int records)
        : this(records, static number => Statements.Intake(number))
    {
    }

    /// <summary>With records that the test makes of their numbers, from 1 on.</summary>
    public BoxBench(int records, Func<int, IntakeRecord> statement)
    {
        this.statement = statement;
        blocks = new ChainBuilder(Ledger, folder);
        store = files.Open();
        custody = new CustodyStore(Path.ChangeExtension(files.File, "custody"), files.Keys);
        counts = new ReadCounts(Path.ChangeExtension(files.File, "reads"));
        marks = new RequestMarks(Path.ChangeExtension(files.File, "requests"));
        Source = new ChangedSource(new EmbeddedSource(North.Address, store, custody));
        Kept = new ChangedSource(new EmbeddedSource(North.Address, store, custody));
        Anchor(records);
        FreshHead = () => Task.FromResult<LedgerHead?>(Chain.Head);
        Enter = static _ => Task.FromResult(true);
        Box = MakeBox();
    }

    public TestLedger Ledger { get; } = TestLedger.OfFixedKeys();

    public SigningKey Learner { get; } = TestLedger.FixedKey(8);

    public SigningKey North => Ledger.Identities[0];

    public SigningKey East => Ledger.Identities[1];

    public SigningKey South => Ledger.Identities[2];

    public LlpcName Llpc => new(Learner.Address, Verb);

    public ChainState Chain => blocks.Chain;

    public ChangedSource Source { get; }

    public PersonKeys Keys => files.Keys;

    /// <summary>Where the box looks for corrections.</summary>
    public ChangedSource Kept { get; }

    /// <summary>What a round among validators gives; null for none.</summary>
    public Func<Task<LedgerHead?>> FreshHead { get; set; }

    /// <summary>Whether a read comes into the trail.</summary>
    public Func<SealedOpening, Task<bool>> Enter { get; set; }

    public SecureBoxReads Box { get; private set; }

    /// <summary>Starts the box again: what it had in memory is gone.</summary>
    public void RestartBox() => Box = MakeBox();

    public TrustRoot Trust => TrustRoot.TryFromGenesis(Ledger.GenesisBytes, out TrustRoot? trust)
        ? trust
        : throw new InvalidOperationException("The genesis document is not taken.");

    public ulong Height => Chain.Head.Height;

    /// <summary>The chain's blocks.</summary>
    public ChainReader Blocks => new(folder.Database);

    /// <summary>The box's clock.</summary>
    public TimeProvider Clock => files.Clock;

    /// <summary>A file of the bench beside the records.</summary>
    public string FileOf(string extension) => Path.ChangeExtension(files.File, extension);

    /// <summary>The key to which nodes of this bench seal what only they open.</summary>
    public EncryptionKey Encryption => encryption;

    /// <summary>The limits that the node of a reader keeps, in a file of its own.</summary>
    public LimitsBook NewLimitsBook(SigningKey reader) =>
        new(FileOf("limits"), Ledger.ChainId, reader.Address, encryption);

    /// <summary>What proves a key of the state at the head.</summary>
    public StateEvidence Prove(StateKey key)
    {
        using ProofMaker proofs = new(Ledger.GenesisBytes, Blocks);
        return proofs.State(Chain.Head, key.Raw.ToArray())!;
    }

    /// <summary>Decides a block a second after the one before; the box's clock moves with it.</summary>
    public void Decide(SigningKey[] signers, params Operation[] operations)
    {
        time += 1_000;
        blocks.Decide(time, Ledger.Signed(signers, operations));
        files.Clock.Now = DateTimeOffset.FromUnixTimeMilliseconds(time);
    }

    /// <summary>The members upgrade the rules to those of erasing.</summary>
    public void Upgrade()
    {
        Decide([North], Operations.MeasurePropose(new Measure
        {
            Upgrade = new UpgradeRules { Version = RulesVersions.Erasure, Height = Height + 1 },
        }));
        Decide([East], Operations.MeasureVote(1, true));
        Decide([South], Operations.MeasureVote(1, true));
        foreach (SigningKey seat in (SigningKey[])[North, East, South])
        {
            Decide([seat], Operations.AnnounceVersion(RulesVersions.Erasure));
        }
    }

    /// <summary>The record of a number is erased from the store, and a tombstone takes the place of its leaf.</summary>
    public void Erase(int number, ulong index)
    {
        StoredRecord record = store.Find(RecordType.XapiStatement, Statements.Id(number))!;
        Hash256 batch = TaggedHash.Of("test/batch"u8, BitConverter.GetBytes(number));
        store.Outbox.StoreBatch(new SignedBatch(batch, new byte[1], files.Clock.Now, [record.Sequence]));
        byte[] llpc = [.. Llpc.Learner.ToArray(), .. Llpc.VerbHash.ToArray()];
        store.Outbox.Settle(
            batch, [RecordOutcome.Anchored(record.Sequence, new LedgerPlace(Height, llpc, index))]);
        store.Erase([RecordLocator.Of(record)]);
        IReadOnlyList<IRangeLeaf> leaves = new ChainReader(folder.Database).Records(
            Llpc, North.Address, Chain.Head.State.RecordRange(Llpc, North.Address).Count);
        Decide([North], Operations.LlpcErase(
            Learner.Address,
            Verb,
            [(RecordLeaf)leaves[(int)index]],
            new RangeProver([.. leaves.Select(static leaf => leaf.LeafHash)]).ProveAll([index])));
    }

    /// <summary>Moves the box's clock alone.</summary>
    public void Wait(TimeSpan span) => files.Clock.Now += span;

    public void Grant(SigningKey grantee, long endUnixMs = 0, byte[]? limits = null) => Decide(
        [Learner],
        Operations.LlpcGrant(
            Learner.Address, Verb, grantee.Address, new Rights { Read = true }, 0, endUnixMs, limits ?? []));

    public BoxQuery Query(params string[] verbs) =>
        new(North.Address, Learner.Address, verbs.Length == 0 ? [Verb] : verbs);

    public BoxReader Reader(SigningKey key, TrustRoot? trust = null) =>
        new(new CallerIdentity(key.Address, key), trust ?? Trust, files.Clock);

    /// <summary>Asks, and verifies what is answered.</summary>
    public async Task<BoxReading> ReadAsync(SigningKey reader, BoxQuery? query = null)
    {
        query = (query ?? Query()) with { HeightMin = Height };
        BoxRequest request = Reader(reader).Sign(query);
        BoxReply reply = await Box.AnswerAsync(request, CancellationToken.None);
        Assert.That(reply.Refusal, Is.Null, reply.Refusal?.ToString());
        return Reader(reader).Check(query, request, reply.Answer!, North.PublicKey);
    }

    /// <summary>Asks for features, and verifies what is answered.</summary>
    public async Task<FeatureReading> FeaturesAsync(SigningKey reader, BoxQuery? query = null)
    {
        query = (query ?? Query()) with { HeightMin = Height, IsForFeatures = true };
        BoxRequest request = Reader(reader).Sign(query);
        BoxReply reply = await Box.AnswerAsync(request, CancellationToken.None);
        Assert.That(reply.Refusal, Is.Null, reply.Refusal?.ToString());
        return Reader(reader).CheckFeatures(query, request, reply.Answer!, North.PublicKey);
    }

    /// <summary>Asks, and is refused.</summary>
    public Task<BoxRefusal> RefusedAsync(SigningKey reader, BoxQuery? query = null) =>
        RefusedAsync(Reader(reader).Sign(query ?? Query()));

    public async Task<BoxRefusal> RefusedAsync(BoxRequest request)
    {
        BoxReply reply = await Box.AnswerAsync(request, CancellationToken.None);
        Assert.That(reply.Answer, Is.Null);
        return reply.Refusal!;
    }

    /// <summary>What the box entered in the trail, by the box's own key.</summary>
    public TrailEntry Open(SealedOpening read) => TrailEntry.Parser.ParseFrom(
        SealedMessages.Open(read.Content, encryption, TrailEntries.Purpose)!);

    /// <summary>Stores a statement that is not anchored.</summary>
    public void Store(int number) => store.AddAll([Statements.Intake(number)], "moodle");

    public void Dispose()
    {
        counts.Dispose();
        marks.Dispose();
        custody.Dispose();
        store.Dispose();
        files.Dispose();
        folder.Dispose();
        encryption.Dispose();
        Learner.Dispose();
        Ledger.Dispose();
    }

    private SecureBoxReads MakeBox()
    {
        ChainReader reader = new(folder.Database);
        OwnIds ids = new(store, StoreFolder.Key(), _ => Learner.Address);
        ProofMaker proofs = new(Ledger.GenesisBytes, reader);
        RecordReleaser releaser = new(
            North.Address, reader, proofs, Source, ids, new CorrectionBook(Kept));
        return new SecureBoxReads(
            Ledger.ChainId, North, Chain, () => FreshHead(), releaser, counts,
            new ReadEntries(Ledger.ChainId, North.Address, encryption, files.Clock), read => Enter(read),
            new BoxRequestMemory(marks, files.Clock), Ed25519Verifier.Instance, files.Clock,
            NullLogger.Instance)
        {
            Features = new FeatureReleaser(Ledger.ChainId, North, reader, proofs, new FeatureScan(Source)),
        };
    }

    private void Anchor(int records)
    {
        Decide([Learner], Operations.UicCreate());
        Decide([North, Learner], Operations.Enrol(Learner.Address, North.Address));
        Decide(
            [North],
            Operations.PicCreate(),
            Operations.LlpcCreate(Learner.Address, Verb),
            Operations.UicInsert(Learner.Address, Verb),
            Operations.PicInsert(Learner.Address, Verb));
        if (records == 0)
        {
            return;
        }

        store.AddAll([.. Enumerable.Range(1, records).Select(statement)], "moodle");
        foreach (int[] batch in Enumerable.Range(1, records).Chunk(500))
        {
            Decide([North], Operations.LlpcInsert(Learner.Address, Verb, batch.Select(EntryOf)));
        }
    }

    private RecordEntry EntryOf(int number)
    {
        StoredRecord stored = store.Find(RecordType.XapiStatement, Statements.Id(number))!;
        return new RecordEntry
        {
            Locator = new Locator
            {
                Lrs = 1,
                QueryTemplate = LocatorKey.StatementByIdTemplate,
                KeyVersion = stored.LocatorKeyVersion,
                HashedId = ByteString.CopyFrom(stored.HashedId.ToArray()),
            },
            Commitment = ByteString.CopyFrom(stored.Commitment.ToArray()),
        };
    }
}
