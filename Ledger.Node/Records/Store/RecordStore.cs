using System.Collections.Concurrent;
using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using Ledger.Client.Records;
using Ledger.Node.Sealing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Ledger.Node.Records;

/// <summary>
/// A learning record store on a database. What it acknowledges survives a power cut. What rows hold is sealed under the
/// keys of persons. One connection writes, under a lock; others read beside it. Throws <see cref="DbException"/> when
/// the disk or the database fails. Who asks for one record whose sealed content was changed gets a
/// <see cref="SealDamagedException"/>; lists, queries and the outbox pass it over, and the log has it.
/// </summary>
public sealed class RecordStore : IDisposable
{
    private const int CheckValueBytes = 16;

    private readonly StoreSession session;
    private readonly ReadSession reading;
    private readonly StoreClock clock;
    private readonly StoreSeals seals;
    private readonly StatementIndex index;
    private readonly ListingIndex listing;
    private readonly RecordWriter writer;
    private readonly ReaderPool readers;
    private readonly IDisposable? care;
    private readonly RecordEraser eraser;
    private readonly LocatorKey locatorKey;
    private readonly IRecordBackend backend;
    private readonly ConcurrentDictionary<RecordLocator, bool> gone;

    /// <summary>A store in a SQLite file; as the other constructor otherwise.</summary>
    public RecordStore(string path, PersonKeys keys, LocatorKey locatorKey, TimeProvider clock)
        : this(new SqliteBackend(path), keys, locatorKey, clock)
    {
    }

    /// <summary>A store that tells nobody how the sealing of an older format goes, and what is damaged.</summary>
    public RecordStore(IRecordBackend backend, PersonKeys keys, LocatorKey locatorKey, TimeProvider clock)
        : this(backend, keys, locatorKey, clock, new UntoldProgress(), NullLogger.Instance)
    {
    }

    /// <summary>
    /// Opens the database, or makes it; one of an older format is brought up to date, and what stood there in clear is
    /// sealed. New records get locators under this key. Throws <see cref="RecordStoreException"/> when the database has
    /// a newer format, knows another key of that version, or is sealed under keys of another file.
    /// </summary>
    /// <param name="backend">The database.</param>
    /// <param name="keys">The keys of persons, for as long as the store is open.</param>
    /// <param name="locatorKey">Makes the locators.</param>
    /// <param name="clock">Tells the time.</param>
    /// <param name="progress">Is told how far the sealing of an older store is.</param>
    /// <param name="logger">Is told of rows that are damaged, and passed over.</param>
    public RecordStore(
        IRecordBackend backend,
        PersonKeys keys,
        LocatorKey locatorKey,
        TimeProvider clock,
        IProgress<SealingProgress> progress,
        ILogger logger)
    {
        this.backend = backend;
        this.locatorKey = locatorKey;
        seals = new StoreSeals(keys, logger);
        session = new StoreSession(backend);
        try
        {
            bool isNew = RecordMigrations.Apply(session, backend);
            RequireKey(locatorKey);
            RequireKeys(keys);
            SealingBacklog.WorkOff(session, backend, seals, isNew, progress, logger);
            index = new StatementIndex(session, seals);
            listing = new ListingIndex(session.Connection);
            this.clock = new StoreClock(clock, LastStored());
            writer = new RecordWriter(session, seals, index, listing, this.clock, locatorKey);
            eraser = new RecordEraser(session, seals, index);
            gone = new ConcurrentDictionary<RecordLocator, bool>(
                eraser.Gone().Select(static one => KeyValuePair.Create(one, true)));
            care = backend.TakeCare(session.Exclusively);
            readers = new ReaderPool(() => new RecordReader(new ReadSession(backend), seals));
            reading = new ReadSession(backend);
        }
        catch
        {
            readers?.Dispose();
            care?.Dispose();
            session.Dispose();
            throw;
        }

        Outbox = new Outbox(session, seals);
        Documents = new DocumentStore(session, reading, seals, clock);
    }

    /// <summary>What waits for the ledger.</summary>
    public Outbox Outbox { get; }

    /// <summary>State and profile documents.</summary>
    public DocumentStore Documents { get; }

    /// <summary>
    /// Everything that was or will be stored at this time or before can be found now; never before the time of what
    /// has been acknowledged.
    /// </summary>
    public DateTimeOffset ConsistentThrough => clock.Through();

    /// <summary>
    /// Stores all records in one transaction, or none. A record whose id is there with the same meaning is not stored
    /// again; with another meaning it is a conflict, and nothing of the batch is stored.
    /// </summary>
    public IntakeResult AddAll(IReadOnlyList<IntakeRecord> records, string authority) =>
        writer.AddAll(records, [], authority);

    /// <summary>The same, with the bytes of attachments in the same transaction.</summary>
    public IntakeResult AddAll(
        IReadOnlyList<IntakeRecord> records, IReadOnlyList<AttachmentContent> attachments, string authority) =>
        writer.AddAll(records, attachments, authority);

    /// <summary>The record of that id, voided or not, or what is left of it; or null.</summary>
    public StoredRecord? Find(RecordType type, string id) =>
        readers.Read(reader => reader.Find(type, id))
        ?? (FindErased(id) is { } left && left.Type == type ? left : null);

    /// <summary>What is left of the record that had this id, or null.</summary>
    public StoredRecord? FindErased(string id) =>
        !gone.IsEmpty && LocatorOf(id) is var locator && gone.ContainsKey(locator)
            && Find(locator.KeyVersion, locator.Id) is { } left
                ? left with { Id = id }
                : null;

    /// <summary>Whether a record of this id was erased: it is not taken in again.</summary>
    public bool IsErased(string id) => !gone.IsEmpty && gone.ContainsKey(LocatorOf(id));

    /// <summary>The record behind a locator, or what is left of it; or null.</summary>
    public StoredRecord? Find(uint keyVersion, HashedId hashedId) =>
        readers.Read(reader => reader.Find(keyVersion, hashedId));

    /// <summary>The record with this number of the store's own, or null.</summary>
    public StoredRecord? Find(long sequence) => readers.Read(reader => reader.Find(sequence));

    /// <summary>
    /// The same where its content need not open: a damaged one says so, and has what stands beside it.
    /// </summary>
    public StoredRecord? FindEntry(long sequence) => readers.Read(reader => reader.FindEntry(sequence));

    /// <summary>
    /// What leads to the record of that id, of either kind, or to what is left of it; or null. It need not be readable.
    /// </summary>
    public RecordLocator? FindLocator(string id) =>
        readers.Read(reader => reader.FindLocator(RecordType.XapiStatement, id)
            ?? reader.FindLocator(RecordType.CaliperEvent, id))
        ?? (IsErased(id) ? LocatorOf(id) : null);

    /// <summary>
    /// What leads to the records of an account, in the order of their numbers. They need not be readable.
    /// </summary>
    public IEnumerable<RecordLocator> Locators(string actorKey)
    {
        SearchKey actor = seals.KeyOf(SearchKind.ListedActor, actorKey);
        IReadOnlyList<(long Sequence, RecordLocator Locator)> page = [];
        do
        {
            long after = page.Count == 0 ? 0 : page[^1].Sequence;
            page = readers.Read(reader => reader.Locators(actor, after));
            foreach ((_, RecordLocator locator) in page)
            {
                yield return locator;
            }
        }
        while (page.Count == LocatorSearch.PageMax);
    }

    /// <summary>The statement of that id among the voided ones, or among the others, or null.</summary>
    public StoredRecord? FindStatement(string id, bool isVoided) =>
        readers.Read(reader => reader.FindStatement(id, isVoided));

    /// <summary>Records of either kind, voided or not, in the order of their numbers.</summary>
    public IReadOnlyList<StoredRecord> List(RecordQuery query) => readers.Read(reader => reader.List(query));

    /// <summary>The statements that a query asks for.</summary>
    public StatementPage Query(StatementQuery query) => readers.Read(reader => reader.Query(query));

    /// <summary>What statements have said of an activity, in canonical spelling, or null.</summary>
    public ReadOnlyMemory<byte>? Definition(string activity) => readers.Read(reader => reader.Definition(activity));

    /// <summary>
    /// The names by which statements have called an agent, so many at most, in the order of their bytes.
    /// </summary>
    public IReadOnlyList<string> Names(string agent, int limit) => readers.Read(reader => reader.Names(agent, limit));

    /// <summary>The bytes of an attachment by their SHA-2 value, or null.</summary>
    public ReadOnlyMemory<byte>? Attachment(ReadOnlyMemory<byte> digest) =>
        readers.Read(reader => reader.Attachment(Convert.ToHexStringLower(digest.Span)));

    /// <summary>
    /// Erases records, <see cref="RecordEraser.BatchMax"/> at once at most; says of each what became of it. The bytes
    /// are gone from the files after <see cref="Scrub"/>, or nobody opens them after <see cref="EraseKeys"/>.
    /// </summary>
    public IReadOnlyList<ErasingOutcome> Erase(IReadOnlyList<RecordLocator> locators)
    {
        List<ErasingOutcome> outcomes = new(locators.Count);
        foreach (RecordLocator[] batch in locators.Chunk(RecordEraser.BatchMax))
        {
            IReadOnlyList<ErasingOutcome> found = eraser.Erase(batch);
            for (int at = 0; at < batch.Length; at++)
            {
                if (found[at] is ErasingOutcome.Removed or ErasingOutcome.RemovedWithKey or ErasingOutcome.Gone)
                {
                    gone[batch[at]] = true;
                }
            }

            outcomes.AddRange(found);
        }

        return outcomes;
    }

    /// <summary>
    /// Erases documents and names of accounts, condemns their keys, and notes that it did for an order; their records
    /// are erased by their locators.
    /// </summary>
    public void EraseAccounts(IEnumerable<string> actorKeys, string order) => eraser.EraseAccounts(actorKeys, order);

    /// <summary>
    /// Erases the keys that are condemned, once the records that go with them are erased; what is there under them all
    /// the same is sealed again first. False where it must be done again.
    /// </summary>
    public bool EraseKeys() => eraser.EraseKeys();

    /// <summary>Whether accounts were erased for an order; an older copy of the database has not seen it.</summary>
    public bool HasErasedAccounts(string order) => eraser.HasErasedAccounts(order);

    /// <summary>Accounts of which there are documents or names that can be opened.</summary>
    public IReadOnlyCollection<string> AccountsWithTraces()
    {
        HashSet<string> found = new(StringComparer.Ordinal);
        AddAccounts(found, static (reader, after) => reader.NamedAccounts(after));
        AddAccounts(found, static (reader, after) => reader.DocumentOwners(after));
        found.Remove(string.Empty);
        return found;
    }

    /// <summary>
    /// Where records were erased that nobody opens, erases what no other statement tells of activities, at the cost of
    /// a look at every statement; whether it did. Not while a statement is damaged.
    /// </summary>
    /// <param name="beforeErasing">Is called before something is erased that files hold on to.</param>
    public bool EraseUntold(Action beforeErasing) => eraser.EraseUntold(beforeErasing);

    /// <summary>
    /// Writes the database anew, so that no file of it holds what was erased. Nobody reads or writes meanwhile. False
    /// where it must be asked again.
    /// </summary>
    public bool Scrub() => session.Read(() => reading.Read(() => backend.Scrub(session.Connection)));

    /// <summary>Closes the database.</summary>
    public void Dispose()
    {
        care?.Dispose();
        readers.Dispose();
        Documents.Close();
        reading.Dispose();
        Outbox.Close();
        session.Close([writer, eraser, index, listing]);
        session.Dispose();
    }

    // A page is a question of its own: nobody waits for all of them.
    private void AddAccounts(HashSet<string> found, Func<RecordReader, object[]?, AccountPage> read)
    {
        object[]? after = null;
        do
        {
            AccountPage page = readers.Read(reader => read(reader, after));
            found.UnionWith(page.Accounts);
            after = page.Next;
        }
        while (after is not null);
    }

    private RecordLocator LocatorOf(string id) => new(locatorKey.Version, locatorKey.Hash(id));

    private long LastStored() => Convert.ToInt64(
        session.Read(() => RecordDatabase.Scalar(
            session.Connection, null, "SELECT stored_ms FROM records ORDER BY sequence DESC LIMIT 1")),
        CultureInfo.InvariantCulture);

    /// <summary>Under keys of another file nothing opens, and all would read as erased.</summary>
    private void RequireKeys(PersonKeys keys)
    {
        using PreparedStatement remember = new(
            session.Connection,
            "INSERT INTO sealing_keys (id) SELECT @id WHERE NOT EXISTS (SELECT 1 FROM sealing_keys)",
            "@id");
        byte[] known = session.Write(transaction =>
        {
            remember.Run(transaction, seals.FileId);
            return (byte[])RecordDatabase.Scalar(session.Connection, transaction, "SELECT id FROM sealing_keys")!;
        });
        keys.Require(SearchKey.Of(known).Value, $"What the store in {backend.Name} holds");
    }

    /// <summary>A key that was replaced without a new version would make locators that nobody resolves.</summary>
    private void RequireKey(LocatorKey locatorKey)
    {
        byte[] checkValue = SHA256.HashData(locatorKey.Hash("").ToArray())[..CheckValueBytes];
        using PreparedStatement remember = new(
            session.Connection,
            "INSERT INTO locator_keys (version, check_value) VALUES (@version, @check) ON CONFLICT DO NOTHING",
            "@version", "@check");
        using PreparedStatement recall = new(
            session.Connection, "SELECT check_value FROM locator_keys WHERE version = @version", "@version");
        byte[] known = session.Write(transaction =>
        {
            remember.Run(transaction, (long)locatorKey.Version, checkValue);
            return (byte[])recall.Scalar(transaction, (long)locatorKey.Version)!;
        });
        if (!known.AsSpan().SequenceEqual(checkValue))
        {
            throw new RecordStoreException(
                $"The record store knows another locator key of version {locatorKey.Version}. "
                + "Give a new key a new version.");
        }
    }
}
