using System.Data.Common;
using Ledger.Client.Records;
using Ledger.Node.Sealing;

namespace Ledger.Node.Records;

/// <summary>
/// Finds records from a connection of its own, so that reading does not wait for a disk sync. What is sealed under a
/// key that was erased is not there any more.
/// </summary>
internal sealed class RecordReader : IDisposable
{
    private readonly ReadSession session;
    private readonly StoreSeals seals;
    private readonly RecordRows rows;
    private readonly StatementSearch search;
    private readonly RecordListing listing;
    private readonly LocatorSearch locators;
    private readonly AccountTexts accounts;
    private readonly PreparedStatement byId;
    private readonly PreparedStatement statement;
    private readonly PreparedStatement byLocator;
    private readonly PreparedStatement bySequence;
    private readonly PreparedStatement definition;
    private readonly PreparedStatement names;
    private readonly PreparedStatement attachmentKeys;
    private readonly PreparedStatement attachment;

    /// <summary>The session is its own from now on.</summary>
    public RecordReader(ReadSession session, StoreSeals seals)
    {
        this.session = session;
        this.seals = seals;
        rows = new RecordRows(seals);
        search = new StatementSearch(session.Connection, seals);
        listing = new RecordListing(session.Connection, seals);
        locators = new LocatorSearch(session.Connection);
        accounts = new AccountTexts(session, seals);
        byId = Prepare($"SELECT {RecordRows.Columns} FROM records r WHERE r.id = @id", "@id");
        statement = Prepare(
            $"SELECT {RecordRows.Columns} FROM records r WHERE r.id = @id AND r.voided = @voided", "@id", "@voided");
        byLocator = Prepare(
            $"SELECT {RecordRows.Columns} FROM records r WHERE r.key_version = @version AND r.hashed_id = @hashed",
            "@version", "@hashed");
        bySequence = Prepare($"SELECT {RecordRows.Columns} FROM records r WHERE r.sequence = @sequence", "@sequence");
        definition = Prepare("SELECT definition FROM activities WHERE id = @id", "@id");
        names = Prepare(
            "SELECT name, content FROM agent_names WHERE agent = @agent ORDER BY name LIMIT @limit",
            "@agent", "@limit");
        attachmentKeys = Prepare("SELECT person, content FROM attachment_keys WHERE digest = @digest", "@digest");
        attachment = Prepare("SELECT content FROM attachments WHERE digest = @digest", "@digest");
    }

    public StoredRecord? Find(long sequence) => session.Read(() => rows.Sound(bySequence.Rows(null, sequence)));

    public StoredRecord? FindEntry(long sequence) =>
        session.Read(() => rows.Single(bySequence.Rows(null, sequence))?.Record);

    /// <summary>The record of that id; what is left of it bears the id where it is asked for by it.</summary>
    public StoredRecord? Find(RecordType type, string id)
    {
        byte[] key = seals.KeyOfId(type, id).ToArray();
        StoredRecord? found = session.Read(() => rows.Sound(byId.Rows(null, key)));
        return found is null ? null : found with { Id = id };
    }

    public StoredRecord? Find(uint keyVersion, HashedId hashedId) => session.Read(
        () => rows.Sound(byLocator.Rows(null, (long)keyVersion, hashedId.ToArray())));

    /// <summary>The statement of that id if it is voided, or if it is not, as is asked for.</summary>
    public StoredRecord? FindStatement(string id, bool isVoided)
    {
        byte[] key = seals.KeyOfId(RecordType.XapiStatement, id).ToArray();
        return session.Read(() => rows.Sound(statement.Rows(null, key, isVoided ? 1L : 0L)))
            is { State: not RecordState.Erased } found
                ? found
                : null;
    }

    public RecordLocator? FindLocator(RecordType type, string id) =>
        session.Read(() => locators.Find(seals.KeyOfId(type, id)));

    public IReadOnlyList<(long Sequence, RecordLocator Locator)> Locators(SearchKey actor, long after) =>
        session.Read(() => locators.Of(actor, after));

    public IReadOnlyList<StoredRecord> List(RecordQuery query) => session.Read(() => listing.Find(query));

    public AccountPage NamedAccounts(object[]? after) => accounts.Named(after);

    public AccountPage DocumentOwners(object[]? after) => accounts.Owners(after);

    public StatementPage Query(StatementQuery query) => session.Read(() => search.Find(query));

    public ReadOnlyMemory<byte>? Definition(string activity)
    {
        SearchKey key = seals.KeyOf(SearchKind.DefinedActivity, activity);
        byte[]? found = session.Read(() => definition.Scalar(null, key.ToArray())) as byte[];
        return found is not null && seals.OpenUnlessDamaged(SealContexts.Definition(key), found)
                is { IsKeyErased: false } opened
            ? Memory(opened.Bytes)
            : null;
    }

    public IReadOnlyList<string> Names(string agent, int limit)
    {
        SearchKey key = seals.KeyOf(SearchKind.NamedAgent, agent);
        List<string> found = [];
        foreach (SealedPair pair in session.Read(() => SealedPair.All(
            names.Rows(null, key.ToArray(), (long)limit))))
        {
            byte[] context = SealContexts.Name(key, pair.Key);
            if (seals.OpenUnlessDamaged(context, pair.Content) is { IsKeyErased: false } opened)
            {
                found.Add(NameContent.Read(opened.Bytes).Name);
            }
        }

        found.Sort(ByteOrder.Comparer);
        return found;
    }

    public ReadOnlyMemory<byte>? Attachment(string digest)
    {
        SearchKey key = seals.KeyOf(SearchKind.Attachment, digest);
        IReadOnlyList<SealedPair> all =
            session.Read(() => SealedPair.All(attachmentKeys.Rows(null, key.ToArray())));
        try
        {
            return AttachmentTable.KeyOf(seals, key, all) is { } secret
                && session.Read(() => attachment.Scalar(null, key.ToArray())) is byte[] content
                    ? Memory(AttachmentSeal.Open(secret, SealContexts.Attachment(key), content))
                    : null;
        }
        catch (SealDamagedException problem)
        {
            // The statements of a page are given without it, as without one that nobody sent.
            seals.Tell(problem);
            return null;
        }
    }

    public void Dispose()
    {
        IDisposable[] all =
        [
            byId, statement, byLocator, bySequence, definition, names, attachmentKeys, attachment, locators, accounts,
        ];
        session.Close(all);
        session.Dispose();
    }

    private static ReadOnlyMemory<byte>? Memory(byte[] bytes) => new ReadOnlyMemory<byte>(bytes);

    private PreparedStatement Prepare(string sql, params ReadOnlySpan<string> parameters) =>
        new(session.Connection, sql, parameters);
}
