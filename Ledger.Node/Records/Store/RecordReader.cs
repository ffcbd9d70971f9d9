using System.Data.Common;
using Ledger.Client.Records;

namespace Ledger.Node.Records;

/// <summary>Finds records from a connection of its own, so that reading does not wait for a disk sync.</summary>
internal sealed class RecordReader : IDisposable
{
    private readonly ReadSession session;
    private readonly StatementSearch search;
    private readonly RecordListing listing;
    private readonly PreparedStatement byId;
    private readonly PreparedStatement statement;
    private readonly PreparedStatement byLocator;
    private readonly PreparedStatement bySequence;
    private readonly PreparedStatement definition;
    private readonly PreparedStatement names;
    private readonly PreparedStatement attachment;

    /// <summary>The session is its own from now on.</summary>
    public RecordReader(ReadSession session)
    {
        this.session = session;
        search = new StatementSearch(session.Connection);
        listing = new RecordListing(session.Connection);
        byId = Prepare(
            $"SELECT {RecordRow.Columns} FROM records r WHERE r.type = @type AND r.id = @id", "@type", "@id");
        statement = Prepare(
            $"SELECT {RecordRow.Columns} FROM records r WHERE r.type = @type AND r.id = @id AND r.voided = @voided",
            "@type", "@id", "@voided");
        byLocator = Prepare(
            $"SELECT {RecordRow.Columns} FROM records r WHERE r.key_version = @version AND r.hashed_id = @hashed",
            "@version", "@hashed");
        bySequence = Prepare($"SELECT {RecordRow.Columns} FROM records r WHERE r.sequence = @sequence", "@sequence");
        definition = Prepare("SELECT definition FROM activities WHERE id = @id", "@id");
        names = Prepare(
            "SELECT name FROM agent_names WHERE agent = @agent ORDER BY name LIMIT @limit", "@agent", "@limit");
        attachment = Prepare("SELECT content FROM attachments WHERE digest = @digest", "@digest");
    }

    public StoredRecord? Find(long sequence) =>
        session.Read(() => RecordRow.ReadAll(bySequence.Rows(null, sequence)).SingleOrDefault());

    public StoredRecord? Find(RecordType type, string id) =>
        session.Read(() => RecordRow.ReadAll(byId.Rows(null, (long)type, id)).SingleOrDefault());

    public StoredRecord? Find(uint keyVersion, HashedId hashedId) => session.Read(
        () => RecordRow.ReadAll(byLocator.Rows(null, (long)keyVersion, hashedId.ToArray())).SingleOrDefault());

    /// <summary>The statement of that id if it is voided, or if it is not, as is asked for.</summary>
    public StoredRecord? FindStatement(string id, bool isVoided) => session.Read(
        () => RecordRow.ReadAll(statement.Rows(null, (long)RecordType.XapiStatement, id, isVoided ? 1L : 0L))
            .SingleOrDefault());

    public IReadOnlyList<StoredRecord> List(RecordQuery query) => session.Read(() => listing.Find(query));

    public StatementPage Query(StatementQuery query) => session.Read(() => search.Find(query));

    public ReadOnlyMemory<byte>? Definition(string activity) =>
        session.Read(() => Bytes(definition.Scalar(null, activity)));

    public IReadOnlyList<string> Names(string agent, int limit) => session.Read<IReadOnlyList<string>>(() =>
    {
        List<string> found = [];
        using DbDataReader rows = names.Rows(null, agent, (long)limit);
        while (rows.Read())
        {
            found.Add(rows.GetString(0));
        }

        return found;
    });

    public ReadOnlyMemory<byte>? Attachment(byte[] digest) =>
        session.Read(() => Bytes(attachment.Scalar(null, digest)));

    public void Dispose()
    {
        PreparedStatement[] all = [byId, statement, byLocator, bySequence, definition, names, attachment];
        session.Close(all);
        session.Dispose();
    }

    // Written out, for null alone would turn into an array that is none, and that into empty memory.
    private static ReadOnlyMemory<byte>? Bytes(object? found)
    {
        ReadOnlyMemory<byte>? none = default;
        return found is byte[] bytes ? new ReadOnlyMemory<byte>(bytes) : none;
    }

    private PreparedStatement Prepare(string sql, params ReadOnlySpan<string> parameters) =>
        new(session.Connection, sql, parameters);
}
