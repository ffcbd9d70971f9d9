using Google.Protobuf;
using Ledger.Client.Keys;
using Ledger.Client.Records;
using Ledger.Client.Transactions;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Node.Anchoring;
using Ledger.Node.Api;
using Ledger.Node.Box;
using Ledger.Node.Chain;
using Ledger.Node.Copies;
using Ledger.Node.Custody;
using Ledger.Node.Disclosures;
using Ledger.Node.Erasure;
using Ledger.Node.Exports;
using Ledger.Node.Granted;
using Ledger.Node.Notices;
using Ledger.Node.Records;
using Ledger.Node.Records.Import;
using Ledger.Node.Tests.Records;
using Ledger.Node.Tests.Support;
using Ledger.Primitives;
using Microsoft.Extensions.Logging.Abstractions;

namespace Ledger.Node.Tests.Exports;

/// <summary>A school's node: what it keeps, its box, and what it tells of a person.</summary>
internal sealed class ExportSchoolBench : IDisposable
{
    private readonly ExportWorld world;
    private readonly DatabaseFolder database = new();
    private readonly StoreFolder files = new();
    private readonly EncryptionKey encryption = EncryptionKey.Create();
    private readonly CustodyStore custody;
    private readonly LimitsBook limits;
    private readonly ReadCounts counts;
    private readonly RequestMarks marks;

    public ExportSchoolBench(ExportWorld world, SigningKey identity)
    {
        this.world = world;
        Identity = identity;
        Store = files.Open();
        custody = new CustodyStore(FileOf("custody"), files.Keys);
        counts = new ReadCounts(FileOf("reads"));
        marks = new RequestMarks(FileOf("requests"));
        Reads = new SealedOpenings(FileOf("trail"));
        Purposes = new SealedOpenings(FileOf("purposes"));
        Copies = new CopyStore(FileOf("copies"), files.Keys);
        limits = new LimitsBook(FileOf("limits"), world.Ledger.ChainId, identity.Address, encryption);
        Pairs = new LearnerPairs(database.Database, files.Keys);
        Claims = new ClaimBook(database.Database, files.Keys);
        Earlier = new EarlierWishes(database.Database);
        Roster = new RosterBook(FileOf("classes"), files.Keys);
        Notices = new NoticeBook(FileOf("notices"), files.Keys, encryption);
        Erasures = new ErasureList(FileOf("erasures"));
        Disclosures = new DisclosureShelf(FileOf("disclosures"), files.Keys, world.Clock);
        Callers = new CallerAuthentication(
            world.Ledger.ChainId, identity.Address, world.Chain, Ed25519Verifier.Instance, world.Clock);
        Box = MakeBox();
        Service = MakeService();
    }

    public SigningKey Identity { get; }

    public Hash256 ChainId => world.Ledger.ChainId;

    public RecordStore Store { get; }

    public SealedOpenings Reads { get; }

    public SealedOpenings Purposes { get; }

    public CopyStore Copies { get; }

    public LearnerPairs Pairs { get; }

    public ClaimBook Claims { get; }

    public EarlierWishes Earlier { get; }

    public RosterBook Roster { get; }

    public NoticeBook Notices { get; }

    public ErasureList Erasures { get; }

    public DisclosureShelf Disclosures { get; }

    public CallerAuthentication Callers { get; }

    public SecureBoxReads Box { get; }

    public LearnerExportService Service { get; }

    /// <summary>The key to which this node seals what only it opens.</summary>
    public EncryptionKey Encryption => encryption;

    /// <summary>The learner enrols here, under an account, and the school may write a verb.</summary>
    public void Enrol(string account, string verb)
    {
        Address learner = world.Learner.Address;
        Pairs.Set(account, learner);
        world.Decide([Identity, world.Learner], Operations.Enrol(learner, Identity.Address));
        world.Decide([Identity], Operations.PicCreate());
        LlpcName llpc = new(learner, verb);
        if (world.Chain.Head.State.Llpc(llpc) is null)
        {
            world.Decide([Identity], Operations.LlpcCreate(learner, verb));
        }

        world.Decide([Identity], Operations.UicInsert(learner, verb), Operations.PicInsert(learner, verb));
    }

    /// <summary>Takes records in and anchors them, in blocks of 500.</summary>
    public void Anchor(string verb, params IntakeRecord[] records)
    {
        Store.AddAll(records, "moodle");
        foreach (IntakeRecord[] batch in records.Chunk(500))
        {
            StoredRecord[] stored = [.. batch.Select(record => Store.Find(record.Type, record.Id)!)];
            LlpcName llpc = new(world.Learner.Address, verb);
            ulong first = world.Chain.Head.State.RecordRange(llpc, Identity.Address).Count;
            world.Decide([Identity], Operations.LlpcInsert(llpc.Learner, verb, stored.Select(EntryOf)));
            Settle(stored, llpc, first);
        }
    }

    /// <summary>The records from a place on are erased: from the store, and by tombstones.</summary>
    public void Erase(string verb, ulong index, IntakeRecord record)
    {
        LlpcName llpc = new(world.Learner.Address, verb);
        Store.Erase([RecordLocator.Of(Store.Find(record.Type, record.Id)!)]);
        IReadOnlyList<IRangeLeaf> leaves = world.Reader.Records(
            llpc, Identity.Address, world.Chain.Head.State.RecordRange(llpc, Identity.Address).Count);
        world.Decide([Identity], Operations.LlpcErase(
            llpc.Learner,
            verb,
            [(RecordLeaf)leaves[(int)index]],
            new RangeProver([.. leaves.Select(static leaf => leaf.LeafHash)]).ProveAll([index])));
    }

    public void Dispose()
    {
        Disclosures.Dispose();
        Erasures.Dispose();
        Notices.Dispose();
        Roster.Dispose();
        limits.Dispose();
        Copies.Dispose();
        Purposes.Dispose();
        Reads.Dispose();
        marks.Dispose();
        counts.Dispose();
        custody.Dispose();
        Store.Dispose();
        files.Dispose();
        database.Dispose();
        encryption.Dispose();
    }

    private string FileOf(string extension) => Path.ChangeExtension(files.File, extension);

    private void Settle(StoredRecord[] stored, LlpcName llpc, ulong first)
    {
        Hash256 batch = TaggedHash.Of("test/batch"u8, BitConverter.GetBytes(stored[0].Sequence));
        byte[] name = [.. llpc.Learner.ToArray(), .. llpc.VerbHash.ToArray()];
        Store.Outbox.StoreBatch(new SignedBatch(
            batch, new byte[1], world.Clock.Now, [.. stored.Select(static one => one.Sequence)]));
        Store.Outbox.Settle(batch, [.. stored.Select((one, place) => RecordOutcome.Anchored(
            one.Sequence, new LedgerPlace(world.Chain.Head.Height, name, first + (ulong)place)))]);
    }

    private static RecordEntry EntryOf(StoredRecord stored) => new()
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

    private SecureBoxReads MakeBox()
    {
        EmbeddedSource source = new(Identity.Address, Store, custody);
        return new SecureBoxReads(
            ChainId, Identity, world.Chain, () => Task.FromResult<LedgerHead?>(world.Chain.Head),
            new RecordReleaser(
                Identity.Address, world.Reader, world.Proofs, source, new OwnIds(Store, StoreFolder.Key(), Pairs.Find),
                new CorrectionBook(source)),
            counts, new ReadEntries(ChainId, Identity.Address, encryption, world.Clock), EnterAsync,
            new BoxRequestMemory(marks, world.Clock), Ed25519Verifier.Instance, world.Clock, NullLogger.Instance)
        {
            Features = new FeatureReleaser(
                ChainId, Identity, world.Reader, world.Proofs, new FeatureScan(source)),
        };
    }

    // What a read is comes to the disk before its commitment comes onto the ledger.
    private Task<bool> EnterAsync(SealedOpening read)
    {
        Reads.AddAll([read]);
        world.Decide([Identity], Operations.TrailAppend(read.Learner, [read.Commitment]));
        return Task.FromResult(true);
    }

    private LearnerExportService MakeService()
    {
        AccountStandings accounts = new(
            Identity.Address, Pairs, Earlier, new BlockTimes(world.Reader, world.Chain), world.Clock);
        return new LearnerExportService(
            Identity.Address, Callers, world.Chain,
            new HeldRecords(Store, new RecordStandings(accounts, world.Chain)),
            new HeldPlaces(Pairs, Claims, Roster, Notices, Earlier, Erasures, Disclosures),
            new HeldTrail(Identity.Address, world.Reader, Reads, Purposes, encryption, Copies, custody, limits),
            new WordSigner(world.Ledger.ChainId, Identity, world.Clock),
            world.Clock);
    }
}
