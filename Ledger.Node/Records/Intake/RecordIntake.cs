using Ledger.Client.Records;
using Ledger.Node.Records.Caliper;

namespace Ledger.Node.Records;

/// <summary>Takes records in from JSON: rules first, then the store.</summary>
public sealed class RecordIntake
{
    /// <summary>
    /// The longest body unless a setting says otherwise: 4 MiB, some thousand ordinary statements; more come in further
    /// requests.
    /// </summary>
    public const int BodyBytesMax = 4 * 1024 * 1024;

    /// <summary>An envelope and its list are two levels above a record.</summary>
    private const int LevelsAboveRecord = 2;

    private static readonly JsonLimits BodyLimits =
        new(RequestLimits.BodyBytesCeiling, JsonLimits.RecordDepthMax + LevelsAboveRecord);

    private readonly RecordStore store;
    private readonly TimeProvider clock;
    private readonly Func<string, bool> mayStore;

    /// <summary>Takes records into a store, of those accounts whose records may be stored.</summary>
    public RecordIntake(RecordStore store, TimeProvider clock, Func<string, bool> mayStore)
    {
        this.store = store;
        this.clock = clock;
        this.mayStore = mayStore;
    }

    /// <summary>Whether the disk has room for more records.</summary>
    public Func<bool> HasRoom { get; init; } = static () => true;

    /// <summary>
    /// A statement or a list of statements, all or none. Throws <see cref="RecordFormatException"/> with the path in
    /// the body.
    /// </summary>
    public IntakeResult TakeStatements(ReadOnlySpan<byte> body, string authority)
    {
        JsonCursor root = JsonTree.Parse(body, BodyLimits).Root;
        List<IntakeRecord> records = ReadAll(
            root, (value, now) => StatementRules.Read(RecordType.XapiStatement, value, now, Guid.NewGuid()));
        AttachmentParts parts = AttachmentParts.Alone(ReadOnlyMemory<byte>.Empty);
        return Store(records, parts, new IntakeSource(authority, XapiVersion.V1, MayDefine: true));
    }

    /// <summary>
    /// The same, by the rules of the version that was spoken, and with attachments. Throws
    /// <see cref="RecordFormatException"/> with the path in the JSON part.
    /// </summary>
    public IntakeResult TakeStatements(AttachmentParts parts, IntakeSource source)
    {
        JsonCursor root = JsonTree.Parse(parts.Json.Span, BodyLimits).Root;
        List<IntakeRecord> records = ReadAll(
            root, (value, now) => StatementRules.ReadStatement(value, source.Version, now, Guid.NewGuid()));
        return Store(records, parts, source);
    }

    /// <summary>
    /// One statement whose id is given beside it; its own id, when it has one, must be the same. Throws
    /// <see cref="RecordFormatException"/> with the path in the JSON part.
    /// </summary>
    public IntakeResult TakeStatement(AttachmentParts parts, Guid id, IntakeSource source)
    {
        JsonCursor root = JsonTree.Parse(parts.Json.Span, BodyLimits).Root;
        IntakeRecord record = StatementRules.ReadStatement(root, source.Version, clock.GetUtcNow(), id);
        return record.Id == id.ToString("D")
            ? Store([record], parts, source)
            : throw FieldRules.Refuse("/id", "same-id", "The statement's id differs from the one in the address.");
    }

    /// <summary>
    /// A Caliper envelope's events, all or none. Throws <see cref="RecordFormatException"/> with the path in the body.
    /// </summary>
    public IntakeResult TakeEvents(ReadOnlySpan<byte> body, string authority)
    {
        JsonCursor root = JsonTree.Parse(body, BodyLimits).Root;
        DateTimeOffset now = clock.GetUtcNow();
        List<IntakeRecord> records =
        [
            .. CaliperEnvelope.Events(root).Select(
                learningEvent => StatementRules.Read(RecordType.CaliperEvent, learningEvent, now, Guid.Empty)),
        ];
        RequireWanted(records);
        RequireRoom();
        return store.AddAll(records, authority);
    }

    private IntakeResult Store(List<IntakeRecord> records, AttachmentParts parts, IntakeSource source)
    {
        RequireDifferentIds(records);
        parts.Check(records);
        RequireWanted(records);
        RequireRoom();
        return store.AddAll(
            source.MayDefine ? records : [.. records.Select(WithoutDefinitions)], parts.Contents, source.Authority);
    }

    // All or none: a tool that leaves a learner out knows that it did.
    private void RequireWanted(List<IntakeRecord> records)
    {
        if (records.Find(record => !mayStore(record.ActorKey)) is { } unwanted)
        {
            throw new OptedOutException(unwanted.Path);
        }

        if (records.Find(record => store.IsErased(record.Id)) is { } erased)
        {
            throw new ErasedRecordException(erased.Path);
        }
    }

    // A store that fills the last of the disk takes the ledger's own files down with it.
    private void RequireRoom()
    {
        if (!HasRoom())
        {
            throw new RecordStoreException(
                "The disk is nearly full, so that no records are taken in. Make room on it, and send them again.");
        }
    }

    // Who may not define leaves what is known of activities and agents as it is; the statement says what it says.
    private static IntakeRecord WithoutDefinitions(IntakeRecord record) =>
        record with { Facts = record.Facts! with { Activities = [], Names = [] } };

    private static void RequireDifferentIds(List<IntakeRecord> records)
    {
        HashSet<string> ids = new(StringComparer.Ordinal);
        for (int at = 0; at < records.Count; at++)
        {
            if (!ids.Add(records[at].Id))
            {
                throw FieldRules.Refuse(
                    $"{records[at].Path}/id", "duplicate-id", "The list holds two statements of this id.");
            }
        }
    }

    private List<IntakeRecord> ReadAll(JsonCursor value, Func<JsonCursor, DateTimeOffset, IntakeRecord> read)
    {
        DateTimeOffset now = clock.GetUtcNow();
        if (value.Kind != JsonKind.Array)
        {
            return [read(value, now)];
        }

        List<IntakeRecord> records = new(value.Count);
        foreach (JsonCursor record in value)
        {
            records.Add(read(record, now));
        }

        return records;
    }
}
