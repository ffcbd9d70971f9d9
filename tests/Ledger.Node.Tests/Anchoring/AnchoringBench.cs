using System.Data.Common;
using Ledger.Client.Keys;
using Ledger.Client.Records;
using Ledger.Client.Transactions;
using Ledger.Contracts.Protos;
using Ledger.Contracts.Transactions;
using Ledger.Node.Agreement;
using Ledger.Node.Anchoring;
using Ledger.Node.Api;
using Ledger.Node.Chain;
using Ledger.Node.Gossip;
using Ledger.Node.Pool;
using Ledger.Node.Records;
using Ledger.Node.Storage;
using Ledger.Node.Tests.Records;
using Ledger.Node.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Ledger.Node.Tests.Anchoring;

/// <summary>A school's store, outbox and chain, with an enrolled learner whom an account was paired with.</summary>
internal sealed class AnchoringBench : IDisposable
{
    private const ulong EnrolmentHeight = 2;

    private readonly TestLedger ledger = new();
    private readonly DatabaseFolder database = new();
    private readonly StoreFolder files = new();
    private readonly SigningKey learner = SigningKey.Create();
    private readonly ChainBuilder blocks;
    private readonly TransactionPool pool = new(TimeProvider.System);

    public AnchoringBench()
    {
        blocks = new ChainBuilder(ledger, database);
        Now = TestLedger.Time + 1_000;
        Store = files.Open();
        Pairs = new LearnerPairs(database.Database, files.Keys);
        blocks.Decide(Now, ledger.Parse(Signed(learner, Operations.UicCreate())));
        Now += 1_000;
        blocks.Decide(Now, Enrolment(), ledger.Parse(Signed(School, Operations.PicCreate())));
        RecordIndex index = new(database.Database);
        Earlier = new EarlierWishes(database.Database);
        AccountStandings accounts = new(
            School.Address, Pairs, Earlier, new BlockTimes(new ChainReader(database.Database), Chain), files.Clock);
        Standings = new RecordStandings(accounts, Chain);
        Planner = new AnchorPlanner(School.Address, Store, accounts, index, files.Clock);
        TransactionIntake intake = new(
            ledger.ChainId, Chain, pool, new FetchedBodies(), Ed25519Verifier.Instance, files.Clock);
        Outcomes = new OutcomeTracker(Chain, new ChainReader(database.Database));
        Idle = new IdleBlocks(
            ledger.ChainId, School, Chain, intake, Told.Add, Outcomes, files.Clock, NullLogger.Instance);
        Round = new AnchorRound(
            ledger.ChainId, School, Chain, Store, Planner, intake, Told.Add, Outcomes, Idle, files.Clock,
            NullLogger.Instance);
    }

    public ChainState Chain => blocks.Chain;

    public RecordStore Store { get; }

    public LearnerPairs Pairs { get; }

    public EarlierWishes Earlier { get; }

    public RecordStandings Standings { get; }

    public AnchorPlanner Planner { get; }

    public AnchorRound Round { get; }

    public IdleBlocks Idle { get; }

    public OutcomeTracker Outcomes { get; }

    /// <summary>What was told to the other nodes.</summary>
    public List<ParsedTransaction> Told { get; } = [];

    public SigningKey School => ledger.Identities[0];

    /// <summary>The node's clock, in ms since 1970-01-01 UTC.</summary>
    public long Now
    {
        get => files.Clock.Now.ToUnixTimeMilliseconds();
        set => files.Clock.Now = DateTimeOffset.FromUnixTimeMilliseconds(value);
    }

    /// <summary>
    /// Takes records in, one for each verb, of one student; numbers go on from <paramref name="first"/>.
    /// </summary>
    public void Add(int first, string student, params string[] verbs) => Store.AddAll(
        [.. verbs.Select((verb, place) => Statements.Intake(first + place, student, verb))], "moodle");

    /// <summary>The learner says whether this school anchors what it stored before the enrolment.</summary>
    public void WantEarlier(bool wanted) => Earlier.Set(learner.Address, wanted ? files.Clock.Now : null);

    /// <summary>The learner's enrolment ends, a second later.</summary>
    public void Leave()
    {
        Now += 1_000;
        blocks.Decide(Now, ledger.Parse(Signed(learner, Operations.EndEnrolment(learner.Address, School.Address))));
    }

    /// <summary>The learner lets the school write one verb, a second later.</summary>
    public void GrantWrite(string verb)
    {
        Now += 1_000;
        blocks.Decide(Now, ledger.Parse(Signed(learner, Operations.LlpcGrant(
            learner.Address, verb, School.Address, new Rights { Write = true }, parent: 0, endUnixMs: 0, limits: []))));
    }

    /// <summary>The block of the enrolment is lost.</summary>
    public void LoseEnrolment()
    {
        using DatabaseBatch batch = database.Database.NewBatch();
        batch.Delete(LedgerColumns.Blocks, LedgerDatabase.HeightKey(EnrolmentHeight));
        database.Database.Write(batch, synced: true);
    }

    /// <summary>What people are told of a record.</summary>
    public RecordStanding Standing(int number) => Standings.Of(Find(number));

    public void Pair(string student) => Pairs.Set(Statements.Intake(1, student).ActorKey, learner.Address);

    /// <summary>The learner opts out, or comes back, a second later.</summary>
    public void OptOut(OptOutLevel level)
    {
        Now += 1_000;
        blocks.Decide(Now, ledger.Parse(Signed(learner, Operations.OptOut(learner.Address, level))));
    }

    /// <summary>Changes what a record says on disk to what another one says.</summary>
    public void Damage(long sequence, long from)
    {
        using DbConnection writer = new SqliteBackend(files.File).OpenWriter();
        RecordDatabase.Execute(
            writer,
            FormattableString.Invariant(
                $"""
                UPDATE records SET content = (SELECT o.content FROM records o WHERE o.sequence = {from})
                WHERE sequence = {sequence}
                """));
    }

    public StoredRecord Find(int number) => Store.Find(RecordType.XapiStatement, Statements.Id(number))!;

    /// <summary>Decides what was told last, a second later.</summary>
    public void DecideTold()
    {
        Now += 1_000;
        blocks.Decide(Now, Told[^1]);
    }

    /// <summary>Puts the records into a batch of two groups or one, with a verb that no node takes.</summary>
    public void StoreMalformed(params long[] sequences)
    {
        TransactionBuilder builder = new(ledger.ChainId, TransactionBuilder.LastValidFor(files.Clock.Now));
        int actor = builder.AddSigner(School.Address, School.PublicKey);
        foreach (long _ in sequences)
        {
            builder.AddGroup(actor, Operations.UicInsert(learner.Address, "no iri"));
        }

        PendingTransaction transaction = builder.Build();
        transaction.AddSignature(School);
        Store.Outbox.StoreBatch(new SignedBatch(
            transaction.Id, transaction.ToSignedBytes(), files.Clock.Now.AddMinutes(1), sequences));
    }

    public void Dispose()
    {
        Store.Dispose();
        files.Dispose();
        database.Dispose();
        learner.Dispose();
        ledger.Dispose();
    }

    private PendingTransaction Signed(SigningKey key, Operation operation) =>
        TransactionBuilder.Signed(ledger.ChainId, Now + 60_000, key.Address, key, operation);

    private ParsedTransaction Enrolment()
    {
        TransactionBuilder builder = new(ledger.ChainId, Now + 60_000);
        int actor = builder.AddSigner(learner.Address, learner.PublicKey);
        builder.AddSigner(School.Address, School.PublicKey);
        PendingTransaction transaction =
            builder.AddGroup(actor, Operations.Enrol(learner.Address, School.Address)).Build();
        transaction.AddSignature(learner);
        transaction.AddSignature(School);
        return ledger.Parse(transaction);
    }
}
