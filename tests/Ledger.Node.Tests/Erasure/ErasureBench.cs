using System.Data.Common;
using Ledger.Client.Keys;
using Ledger.Client.Records;
using Ledger.Client.Transactions;
using Ledger.Contracts.Execution;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Contracts.Transactions;
using Ledger.Node.Agreement;
using Ledger.Node.Anchoring;
using Ledger.Node.Api;
using Ledger.Node.Chain;
using Ledger.Node.Copies;
using Ledger.Node.Custody;
using Ledger.Node.Erasure;
using Ledger.Node.Erasure.Retention;
using Ledger.Node.Gossip;
using Ledger.Node.Notices;
using Ledger.Node.Pool;
using Ledger.Node.Records;
using Ledger.Node.Records.Connectors;
using Ledger.Node.Records.Import;
using Ledger.Node.Sealing;
using Ledger.Node.Storage;
using Ledger.Node.Tests.Records;
using Ledger.Node.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Ledger.Node.Tests.Erasure;

/// <summary>
/// Everything that a school's node keeps, on a chain. A process that ends anywhere begins again with the same files.
/// </summary>
internal sealed class ErasureBench : IDisposable
{
    private readonly DatabaseFolder database = new();
    private readonly StoreFolder files = new();
    private readonly EncryptionKey encryption = EncryptionKey.Create();
    private readonly ChainBuilder blocks;
    private readonly TransactionPool pool = new(TimeProvider.System);
    private readonly List<ParsedTransaction> told = [];
    private TombstoneSender sender = null!;
    private long time = TestLedger.Time;

    public ErasureBench()
    {
        blocks = new ChainBuilder(Ledger, database);
        Open();
        Decide([Learner], Operations.UicCreate());
        Decide([School, Learner], Operations.Enrol(Learner.Address, School.Address));
        Decide([School], Operations.PicCreate());
    }

    public TestLedger Ledger { get; } = TestLedger.OfFixedKeys();

    public SigningKey School => Ledger.Identities[0];

    public SigningKey Learner { get; } = TestLedger.FixedKey(8);

    public ManualClock Clock => files.Clock;

    /// <summary>The folder of the records.</summary>
    public string Folder => Path.GetDirectoryName(files.File)!;

    /// <summary>The folder of the ledger's database.</summary>
    public string Data => database.Data;

    public LedgerDatabase Database => database.Database;

    public ChainState Chain => blocks.Chain;

    public ChainReader Reader { get; private set; } = null!;

    public RecordStore Store { get; private set; } = null!;

    public CustodyStore Custody { get; private set; } = null!;

    public CopyStore Copies { get; private set; } = null!;

    public PersonKeys Keys => files.Keys;

    public LinkJournal Links { get; private set; } = null!;

    public RosterBook Roster { get; private set; } = null!;

    public NoticeBook Notices { get; private set; } = null!;

    public LearnerPairs Pairs { get; private set; } = null!;

    public ClaimBook Claims { get; private set; } = null!;

    public ErasureList List { get; private set; } = null!;

    public AccountTraces Traces { get; private set; } = null!;

    public ErasureOrders Orders { get; private set; } = null!;

    public StoreErasing Erasing { get; private set; } = null!;

    public ErasureFollower Follower { get; private set; } = null!;

    public ErasureRound Round { get; private set; } = null!;

    public AnchorRound Anchoring { get; private set; } = null!;

    public LlpcName Llpc(string verb = Statements.Viewed) => new(Learner.Address, verb);

    /// <summary>Decides a block a second after the one before; the node's clock moves with it.</summary>
    public ExecutedBlock Decide(SigningKey[] signers, params Operation[] operations) =>
        Decide(Ledger.Signed(signers, operations));

    /// <summary>The members upgrade the rules to those of erasing.</summary>
    public void Upgrade()
    {
        Decide([School], Operations.MeasurePropose(new Measure
        {
            Upgrade = new UpgradeRules { Version = RulesVersions.Erasure, Height = Chain.Head.Height + 1 },
        }));
        Decide([Ledger.Identities[1]], Operations.MeasureVote(1, true));
        Decide([Ledger.Identities[2]], Operations.MeasureVote(1, true));
        foreach (SigningKey seat in Ledger.Identities[..3])
        {
            Decide([seat], Operations.AnnounceVersion(RulesVersions.Erasure));
        }

        Decide([School], Operations.Settle());
        Assert.That(RulesVersions.Active(Chain.Head.State), Is.EqualTo(RulesVersions.Erasure));
    }

    /// <summary>Takes statements in and brings them onto the ledger.</summary>
    public void Anchor(params IntakeRecord[] records)
    {
        Store.AddAll(records, "moodle");
        for (int round = 0; round < 4; round++)
        {
            Anchoring.Look();
            DecideTold();
        }

        Assert.That(
            records.Select(record => Store.Find(record.Type, record.Id)!.State), Has.All.EqualTo(RecordState.Anchored));
    }

    /// <summary>Does what is to be done until nothing is left.</summary>
    public void EraseAll()
    {
        for (int round = 0; round < 20 && List.HasWork; round++)
        {
            Round.Look();
            DecideTold();
        }

        Assert.That(List.HasWork, Is.False, "not everything was erased");
    }

    /// <summary>Decides what was sent.</summary>
    public void DecideTold()
    {
        ParsedTransaction[] sent = [.. told];
        told.Clear();
        if (sent.Length > 0)
        {
            Decide(sent);
        }
    }

    /// <summary>Ends the process, and begins again; in between the test may do what it likes to the files.</summary>
    public void Restart(Action? meanwhile = null)
    {
        Close();
        meanwhile?.Invoke();
        blocks.Restart();
        told.Clear();
        Open();
        Round.Begin();
    }

    /// <summary>A copy of the files of the records, as they are between two processes.</summary>
    public string CopyOfRecords()
    {
        string copy = Folder + "-copy";
        Directory.CreateDirectory(copy);
        Restart(() =>
        {
            foreach (string file in Directory.GetFiles(Folder))
            {
                File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
            }
        });
        return copy;
    }

    /// <summary>Puts a copy in the place of the files, while no process runs.</summary>
    public void PutBack(string copy)
    {
        foreach (string file in Directory.GetFiles(Folder))
        {
            File.Delete(file);
        }

        foreach (string file in Directory.GetFiles(copy))
        {
            File.Copy(file, Path.Combine(Folder, Path.GetFileName(file)));
        }

        Directory.Delete(copy, recursive: true);
    }

    public void Dispose()
    {
        Close();
        files.Dispose();
        database.Dispose();
        encryption.Dispose();
        Learner.Dispose();
        Ledger.Dispose();
    }

    private ExecutedBlock Decide(params ParsedTransaction[] transactions)
    {
        time += 1_000;
        ExecutedBlock block = blocks.Decide(time, transactions);
        files.Clock.Now = DateTimeOffset.FromUnixTimeMilliseconds(time);
        return block;
    }

    private void Open()
    {
        files.Clock.Now = DateTimeOffset.FromUnixTimeMilliseconds(time);
        LocatorKey key = StoreFolder.Key();
        Reader = new ChainReader(Database);
        List = new ErasureList(Data + ".erasures.sqlite");
        Keys.Follow(List);
        Store = files.Open();
        Custody = new CustodyStore(Path.Combine(Folder, "custody.sqlite"), Keys);
        Copies = new CopyStore(Path.Combine(Folder, "copies.sqlite"), Keys);
        Links = new LinkJournal(Path.Combine(Folder, "links.sqlite"), Keys, files.Clock);
        Roster = new RosterBook(Path.Combine(Folder, "classes.sqlite"), Keys);
        Notices = new NoticeBook(Path.Combine(Folder, "notices.sqlite"), Keys, encryption);
        Pairs = new LearnerPairs(Database, Keys);
        Claims = new ClaimBook(Database, Keys);
        RecordIndex index = new(Database);
        OutcomeTracker outcomes = new(Chain, Reader);
        TransactionIntake intake = new(
            Ledger.ChainId, Chain, pool, new FetchedBodies(), Ed25519Verifier.Instance, files.Clock);
        Traces = new AccountTraces(Store, Roster, Links, Pairs, Claims, Notices, Keys);
        Orders = new ErasureOrders(School.Address, Reader, Store, Traces, List, key, files.Clock);
        Erasing = new StoreErasing(Store, Traces, List, key, Scrub);
        Follower = new ErasureFollower(
            School.Address, Chain, new LedgerErasures(Reader), Custody, Copies, List, files.Clock);
        sender = new TombstoneSender(
            Ledger.ChainId, School, Chain, Reader, index, List, intake, told.Add, outcomes, files.Clock,
            NullLogger.Instance);
        Round = RoundOf(Erasing);
        AccountStandings accounts = new(
            School.Address, Pairs, new EarlierWishes(Database), new BlockTimes(Reader, Chain), files.Clock);
        Anchoring = new AnchorRound(
            Ledger.ChainId, School, Chain, Store,
            new AnchorPlanner(School.Address, Store, accounts, index, files.Clock),
            intake, told.Add, outcomes,
            new IdleBlocks(
                Ledger.ChainId, School, Chain, intake, told.Add, outcomes, files.Clock, NullLogger.Instance),
            files.Clock, NullLogger.Instance);
    }

    /// <summary>A round that does what is given about the files.</summary>
    public ErasureRound RoundOf(StoreErasing erasing) => new(
        Follower,
        new RetentionJob(new DueRecords(Store, new RetentionDocument([], 0)), Orders, files.Clock),
        erasing,
        sender,
        List,
        NullLogger.Instance);

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

    private bool Scrub()
    {
        Database.Scrub(LedgerColumns.Pairs);
        return Custody.Scrub() && Copies.Scrub() && Links.Scrub() && Roster.Scrub();
    }

    private void Close()
    {
        Store.Dispose();
        Custody.Dispose();
        Copies.Dispose();
        Links.Dispose();
        Roster.Dispose();
        Notices.Dispose();
        List.Dispose();
    }
}
