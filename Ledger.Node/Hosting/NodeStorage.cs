using System.Data.Common;
using Ledger.Node.Agreement;
using Ledger.Node.Anchoring;
using Ledger.Node.Box;
using Ledger.Node.Chain;
using Ledger.Node.Cohorts;
using Ledger.Node.Copies;
using Ledger.Node.Custody;
using Ledger.Node.Disclosures;
using Ledger.Node.Erasure;
using Ledger.Node.Granted;
using Ledger.Node.Integrity;
using Ledger.Node.Keys;
using Ledger.Node.Notices;
using Ledger.Node.Records;
using Ledger.Node.Records.Connectors;
using Ledger.Node.Records.Import;
using Ledger.Node.Research;
using Ledger.Node.Sealing;
using Ledger.Node.Snapshots;
using Ledger.Node.Storage;
using Microsoft.Data.Sqlite;

namespace Ledger.Node.Hosting;

/// <summary>All that a node keeps on disk, open: the ledger, the learning records, and what guards them.</summary>
internal sealed class NodeStorage
{
    private NodeStorage(
        NodeContext node,
        DiskGuard disk,
        LedgerDatabase database,
        ChainState chain,
        TrustedCheckpoint? checkpoint,
        PersonKeys keys,
        RecordStore records,
        ReadCounts reads,
        RequestMarks requests,
        SealedOpenings trail,
        SealedOpenings purposes,
        CustodyStore custody,
        LinkJournal links,
        NoticeBook notices,
        RosterBook roster,
        DisclosureShelf disclosures,
        CopyStore copies,
        LimitsBook limits,
        ErasureList erasures,
        CohortMemory cohorts,
        ResearchMemory research)
    {
        Disk = disk;
        Database = database;
        Chain = chain;
        Checkpoint = checkpoint;
        RecordsKey = node.RecordsKey;
        Keys = keys;
        Records = records;
        Reads = reads;
        Requests = requests;
        Trail = trail;
        Purposes = purposes;
        Custody = custody;
        Links = links;
        Notices = notices;
        Roster = roster;
        Cohorts = cohorts;
        Research = research;
        Disclosures = disclosures;
        Copies = copies;
        Limits = limits;
        Erasures = erasures;
        ILogger logger = node.Logger("store");
        BlockInspector inspector = new(
            database, node.ChainId, new EpochSets(database, node.Genesis), node.Verifier);
        Healer = new BlockHealer(node.DataFolder, database, inspector, node.ChainId, node.Time, logger);
        Scrubber = new Scrubber(node.DataFolder, database, chain, inspector, Healer, logger);
        Reader = new ChainReader(database) { OnDamaged = Healer.Report };
        Index = new RecordIndex(database);
        Pairs = new LearnerPairs(database, keys);
        Claims = new ClaimBook(database, keys);
        Claims.SealPlain();
        Pairs.SealPlain();
        Earlier = new EarlierWishes(database);
        Accounts = new AccountStandings(node.Self, Pairs, Earlier, new BlockTimes(Reader, chain), node.Time);
    }

    public DiskGuard Disk { get; }

    public LedgerDatabase Database { get; }

    public ChainState Chain { get; }

    /// <summary>The checkpoint that the node joined with, or null.</summary>
    public TrustedCheckpoint? Checkpoint { get; }

    /// <summary>The institution's secret for all that rests sealed.</summary>
    public RecordsKey RecordsKey { get; }

    /// <summary>The keys under which what belongs to persons rests.</summary>
    public PersonKeys Keys { get; }

    public RecordStore Records { get; }

    /// <summary>How often the box has answered by grants whose reads are limited.</summary>
    public ReadCounts Reads { get; }

    /// <summary>Up to when the box may have taken requests of each reader.</summary>
    public RequestMarks Requests { get; }

    /// <summary>What the reads at this node's box were.</summary>
    public SealedOpenings Trail { get; }

    /// <summary>What this institution's requests are for.</summary>
    public SealedOpenings Purposes { get; }

    /// <summary>Records of others that this institution keeps.</summary>
    public CustodyStore Custody { get; }

    /// <summary>What links to other record stores remember.</summary>
    public LinkJournal Links { get; }

    /// <summary>Where learners are told of requests, and of which they were.</summary>
    public NoticeBook Notices { get; }

    /// <summary>The classes of the institution's roster.</summary>
    public RosterBook Roster { get; }

    /// <summary>What this node's box has answered about cohorts.</summary>
    public CohortMemory Cohorts { get; }

    /// <summary>What was exported for research, and keys of projects.</summary>
    public ResearchMemory Research { get; }

    /// <summary>What learners share by links, and what they have withdrawn.</summary>
    public DisclosureShelf Disclosures { get; }

    /// <summary>Copies of other institutions' granted records.</summary>
    public CopyStore Copies { get; }

    /// <summary>Limits of grants to this institution, by which its tools read.</summary>
    public LimitsBook Limits { get; }

    /// <summary>What is to be erased, and what is.</summary>
    public ErasureList Erasures { get; }

    public BlockHealer Healer { get; }

    public Scrubber Scrubber { get; }

    public ChainReader Reader { get; }

    public RecordIndex Index { get; }

    public LearnerPairs Pairs { get; }

    /// <summary>Accounts of claims that wait to be used.</summary>
    public ClaimBook Claims { get; }

    /// <summary>Which learners want earlier records of theirs anchored.</summary>
    public EarlierWishes Earlier { get; }

    /// <summary>Of which accounts records may go onto the ledger.</summary>
    public AccountStandings Accounts { get; }

    /// <summary>
    /// Opens it where the disk has room; a node without blocks may wait for a snapshot until it is cancelled.
    /// </summary>
    public static async Task<NodeStorage> OpenAsync(
        NodeContext node, SnapshotMode mode, Action<Exception> onFailure, CancellationToken cancellation)
    {
        DiskGuard disk = DiskGuard.Of(node.DataFolder, node.Logger("store"));
        disk.RequireRoom();
        NodeBeginning beginning = new(
            node.Configuration, node.Secrets, node.GenesisBytes, node.Identity, mode, node.Verifier, node.Time,
            node.Loggers);
        (LedgerDatabase database, ChainState chain) = await beginning.OpenAsync(cancellation);
        database.Failed += onFailure;
        PersonKeys keys = OpenKeys(node);
        // Not among the records: whoever puts back an older copy of them, or of the keys, keeps the list.
        ErasureList erasures = Open(node, () => new ErasureList(node.Configuration.Resolve(ErasureList.FileName)));
        keys.Follow(erasures);
        ILogger sealing = node.Logger("store");
        keys.Unreadable.Found += problem => sealing.LogError("{Problem}", problem.Message);
        return new NodeStorage(
            node, disk, database, chain, beginning.Checkpoint, keys, OpenRecords(node, keys), OpenReads(node),
            OpenFile(node, "requests.sqlite", static path => new RequestMarks(path)),
            OpenOpenings(node, "trail.sqlite"), OpenOpenings(node, "purposes.sqlite"),
            OpenFile(node, "custody.sqlite", path => new CustodyStore(path, keys)),
            OpenFile(node, "links.sqlite", path => new LinkJournal(path, keys, node.Time)),
            OpenFile(node, "notices.sqlite", path => new NoticeBook(path, keys, node.Secrets.Encryption)),
            OpenFile(node, "classes.sqlite", path => new RosterBook(path, keys)),
            OpenFile(node, "disclosures.sqlite", path => new DisclosureShelf(path, keys, node.Time)),
            OpenFile(node, "copies.sqlite", path => new CopyStore(path, keys)),
            OpenFile(
                node, "limits.sqlite",
                path => new LimitsBook(path, node.ChainId, node.Self, node.Secrets.Encryption)),
            erasures,
            OpenFile(node, "cohorts.sqlite", path => new CohortMemory(path, keys)),
            OpenFile(node, "research.sqlite", path => new ResearchMemory(path, keys)));
    }

    /// <summary>
    /// Writes all files anew in which something was deleted, but for the records' own; false where it must be done
    /// again.
    /// </summary>
    public bool Scrub()
    {
        Database.Scrub(LedgerColumns.Pairs);
        return Keys.Scrub() && Custody.Scrub() && Copies.Scrub() && Links.Scrub() && Roster.Scrub();
    }

    // Not among the records either: copies of them end only with the keys, which are backed up apart from them.
    private static PersonKeys OpenKeys(NodeContext node) => Open(
        node,
        () => new PersonKeys(node.Configuration.Resolve(PersonKeys.FileName), node.RecordsKey));

    private static RecordStore OpenRecords(NodeContext node, PersonKeys keys) => Open(
        node,
        () => new RecordStore(
            RecordSettings.Backend(node.Configuration),
            keys,
            new LocatorKey(NodeSecrets.LocatorKeyVersion, node.Secrets.LocatorKey),
            node.Time,
            new LoggedSealing(node.Logger("store")),
            node.Logger("store")));

    private static ReadCounts OpenReads(NodeContext node) =>
        OpenFile(node, "reads.sqlite", static path => new ReadCounts(path));

    private static SealedOpenings OpenOpenings(NodeContext node, string name) =>
        OpenFile(node, name, static path => new SealedOpenings(path));

    private static T OpenFile<T>(NodeContext node, string name, Func<string, T> open) => Open(node, () =>
    {
        string folder = node.Configuration.Resolve(node.Configuration.Records);
        Directory.CreateDirectory(folder);
        return open(Path.Combine(folder, name));
    });

    private static T Open<T>(NodeContext node, Func<T> open)
    {
        try
        {
            return open();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or SqliteException)
        {
            string folder = node.Configuration.Resolve(node.Configuration.Records);
            throw new StorageFailedException(
                $"The records folder {folder} cannot be used: {problem.Message} Check its owner and the free space.",
                problem);
        }
        catch (DbException problem)
        {
            throw new StorageFailedException(
                $"The database of the records cannot be used: {problem.Message} Check that it runs and may be used.",
                problem);
        }
    }
}
