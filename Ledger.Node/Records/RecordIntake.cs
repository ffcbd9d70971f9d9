using Ledger.Client.Records;
using Ledger.Node.Records.Caliper;

namespace Ledger.Node.Records;

/// <summary>Takes records in from JSON: rules first, then the store.</summary>
public sealed class RecordIntake
{
    /// <summary>The longest body: 4 MiB, some thousand ordinary statements; more come in further requests.</summary>
    public const int BodyBytesMax = 4 * 1024 * 1024;

    /// <summary>An envelope and its list are two levels above a record.</summary>
    private const int LevelsAboveRecord = 2;

    private static readonly JsonLimits BodyLimits = new(BodyBytesMax, JsonLimits.RecordDepthMax + LevelsAboveRecord);

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

    /// <summary>
    /// A statement or a list of statements, all or none. Throws <see cref="RecordFormatException"/> with the path in
    /// the body.
    /// </summary>
    public IntakeResult TakeStatements(ReadOnlySpan<byte> body, string authority)
    {
        JsonCursor root = JsonTree.Parse(body, BodyLimits).Root;
        List<IntakeRecord> records = ReadAll(RecordType.XapiStatement, root);
        RequireDifferentIds(records);
        return Store(records, authority);
    }

    /// <summary>
    /// One statement whose id is given beside it; its own id, when it has one, must be the same. Throws
    /// <see cref="RecordFormatException"/> with the path in the body.
    /// </summary>
    public IntakeResult TakeStatement(ReadOnlySpan<byte> body, Guid id, string authority)
    {
        JsonCursor root = JsonTree.Parse(body, BodyLimits).Root;
        IntakeRecord record = StatementRules.Read(RecordType.XapiStatement, root, clock.GetUtcNow(), id);
        return record.Id == id.ToString("D")
            ? Store([record], authority)
            : throw FieldRules.Refuse("/id", "same-id", "The statement's id differs from the one in the address.");
    }

    /// <summary>
    /// A Caliper envelope's events, all or none. Throws <see cref="RecordFormatException"/> with the path in the body.
    /// </summary>
    public IntakeResult TakeEvents(ReadOnlySpan<byte> body, string authority)
    {
        JsonCursor root = JsonTree.Parse(body, BodyLimits).Root;
        DateTimeOffset now = clock.GetUtcNow();
        return Store(
            [
                .. CaliperEnvelope.Events(root).Select(
                    learningEvent => StatementRules.Read(RecordType.CaliperEvent, learningEvent, now, Guid.NewGuid())),
            ],
            authority);
    }

    // All or none: a tool that leaves a learner out knows that it did.
    private IntakeResult Store(List<IntakeRecord> records, string authority)
    {
        IntakeRecord? unwanted = records.Find(record => !mayStore(record.ActorKey));
        return unwanted is null ? store.AddAll(records, authority) : throw new OptedOutException(unwanted.Path);
    }

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

    private List<IntakeRecord> ReadAll(RecordType type, JsonCursor value)
    {
        DateTimeOffset now = clock.GetUtcNow();
        if (value.Kind != JsonKind.Array)
        {
            return [StatementRules.Read(type, value, now, Guid.NewGuid())];
        }

        List<IntakeRecord> records = new(value.Count);
        foreach (JsonCursor record in value)
        {
            records.Add(StatementRules.Read(type, record, now, Guid.NewGuid()));
        }

        return records;
    }
}
