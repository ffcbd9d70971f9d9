using System.Buffers;
using System.Globalization;
using System.Text;
using Ledger.Client.Records;
using Ledger.Node.Records.Caliper;

namespace Ledger.Node.Records;

/// <summary>
/// Decides whether a record may be taken in, and fills in what its client may leave out. Pure: the time and a fresh id
/// are given. Errors are <see cref="RecordFormatException"/> with the path within the text that was read.
/// </summary>
public static class StatementRules
{
    /// <summary>Reads one record of either kind; a statement by the rules of xAPI 1.0.3.</summary>
    public static IntakeRecord Read(RecordType type, JsonCursor value, DateTimeOffset now, Guid freshId) => type switch
    {
        RecordType.XapiStatement => ReadStatement(value, XapiVersion.V1, now, freshId),
        RecordType.CaliperEvent => ReadEvent(value),
        _ => throw new ArgumentOutOfRangeException(nameof(type)),
    };

    /// <summary>Reads one statement by the rules of a version.</summary>
    public static IntakeRecord ReadStatement(
        JsonCursor statement, XapiVersion version, DateTimeOffset now, Guid freshId)
    {
        (string actor, string verb) = XapiRules.Statement(statement, version);
        string id = FieldRules.TryGet(statement, "id", out JsonCursor given)
            ? FieldRules.Uuid(given)
            : freshId.ToString("D", CultureInfo.InvariantCulture);
        bool hasTime = FieldRules.TryGet(statement, "timestamp", out JsonCursor time);
        string filled = hasTime ? time.Text : RecordTimes.Text(now);
        Facts facts = new(statement, RecordType.XapiStatement, actor, verb, !hasTime);
        return Fill(statement, id, filled, facts) with
        {
            Facts = StatementFactsReader.Read(statement, XapiVersions.OfStatement(version)),
        };
    }

    /// <summary>The same statement with another time filled in; for a record that is sent again.</summary>
    internal static IntakeRecord WithTime(IntakeRecord intake, string time) =>
        Fill(
            intake.Record.Root,
            intake.Id,
            time,
            new Facts(intake.Source, intake.Type, intake.ActorKey, intake.VerbIri, TimeFilledIn: true));

    private static IntakeRecord ReadEvent(JsonCursor learningEvent)
    {
        (string actor, string verb) = CaliperRules.Event(learningEvent);
        string id = FieldRules.Required(learningEvent, "id").Text;
        string time = FieldRules.Required(learningEvent, "eventTime").Text;
        return Fill(
            learningEvent, id, time, new Facts(learningEvent, RecordType.CaliperEvent, actor, verb, false));
    }

    private static IntakeRecord Fill(JsonCursor value, string id, string time, Facts facts)
    {
        RecordType type = facts.Type;
        ArrayBufferWriter<byte> filled = new();
        filled.Write("{\"id\":"u8);
        CanonicalJson.WriteString(Encoding.UTF8.GetBytes(id), filled);
        filled.Write(type == RecordType.XapiStatement ? ",\"timestamp\":"u8 : ",\"eventTime\":"u8);
        CanonicalJson.WriteString(Encoding.UTF8.GetBytes(time), filled);
        foreach (JsonCursor member in value)
        {
            bool given = member.NameBytes.SequenceEqual("id"u8)
                || member.NameBytes.SequenceEqual(CommittedRecord.TimeName(type));
            if (!given && CommittedRecord.IsCommitted(type, member.NameBytes))
            {
                filled.Write(","u8);
                CanonicalJson.WriteMember(member, filled);
            }
        }

        filled.Write("}"u8);
        RequireSize(value, filled.WrittenCount);
        CommittedRecord record = CommittedRecord.Read(type, filled.WrittenSpan);
        ArrayBufferWriter<byte> committed = new(filled.WrittenCount);
        record.WriteCanonical(committed);
        bool isTime = FieldRules.TryReadTime(time, out DateTimeOffset moment);
        Primitives.Invariant.That(isTime);
        return new IntakeRecord(
            facts.Source, record, committed.WrittenMemory, facts.ActorKey, facts.VerbIri, moment, facts.TimeFilledIn);
    }

    private static void RequireSize(JsonCursor value, int bytes)
    {
        if (bytes > JsonLimits.RecordBytesMax)
        {
            throw FieldRules.Refuse(
                value.Path, "json.size", $"A record is longer than {JsonLimits.RecordBytesMax} bytes.");
        }
    }

    private readonly record struct Facts(
        JsonCursor Source, RecordType Type, string ActorKey, string VerbIri, bool TimeFilledIn);
}
