using Ledger.Client.Records;
using Ledger.Contracts.Transactions;
using Ledger.Node.Records;
using Ledger.Primitives;

namespace Ledger.Benchmarks.Logs;

/// <summary>
/// Reads a researcher's log: JSON lines, each an xAPI statement or a Caliper event. A line is read by the rules of the
/// record store; one that breaks a rule is refused with the reason, and the others are kept.
/// </summary>
public sealed class LogReader
{
    private readonly DateTimeOffset now;
    private readonly Dictionary<string, (int Line, Hash256 Committed)> seen = new(StringComparer.Ordinal);
    private readonly HashSet<string> learners = new(StringComparer.Ordinal);
    private readonly List<LogRecord> records = [];
    private readonly List<RefusedLine> refused = [];
    private int lines;
    private int blankLines;

    private LogReader(DateTimeOffset now)
    {
        this.now = now;
    }

    /// <summary>
    /// Reads everything; <paramref name="now"/> is the time of statements without one. Throws
    /// <see cref="BenchmarkException"/> when the log is too long or has no line that can be replayed.
    /// </summary>
    public static LogReading Read(Stream log, DateTimeOffset now)
    {
        LogReader reader = new(now);
        foreach (LogLine line in LogLines.Of(log, LogLimits.LineBytesMax))
        {
            reader.Take(line);
        }

        return new LogReading(reader.lines, reader.blankLines, reader.records, reader.refused);
    }

    private void Take(LogLine line)
    {
        lines = line.Number;
        if (lines > LogLimits.LinesMax)
        {
            throw new BenchmarkException(
                $"The log has more than {LogLimits.LinesMax} lines. Split it, and replay the parts one by one.");
        }

        if (line.Bytes is null)
        {
            Refuse(line, $"longer than {LogLimits.LineBytesMax} bytes");
        }
        else if (line.Bytes.All(static value => value is (byte)' ' or (byte)'\t'))
        {
            blankLines++;
        }
        else
        {
            TakeRecord(line, line.Bytes);
        }
    }

    private void TakeRecord(LogLine line, byte[] bytes)
    {
        try
        {
            JsonCursor root = JsonTree.Parse(bytes).Root;
            IntakeRecord intake = StatementRules.Read(TypeOf(root), root, now, FreshId(line.Number));
            string? problem = Problem(line, intake);
            if (problem is null)
            {
                records.Add(new LogRecord(
                    line.Number, intake.Type, bytes, intake.ActorKey, HostRule.Of(intake.ActorKey), intake.VerbIri));
            }
            else
            {
                Refuse(line, problem);
            }
        }
        catch (RecordFormatException failure)
        {
            Refuse(line, failure.Path.Length == 0
                ? $"{failure.Message} ({failure.Rule})"
                : $"{failure.Path}: {failure.Message} ({failure.Rule})");
        }
    }

    // An event has an action, a statement a verb; what has neither is told what a statement lacks.
    private static RecordType TypeOf(JsonCursor root) =>
        root.Kind == JsonKind.Object && root.TryGet("action"u8, out _) && !root.TryGet("verb"u8, out _)
            ? RecordType.CaliperEvent
            : RecordType.XapiStatement;

    // What the store would take, and the ledger would not.
    private string? Problem(LogLine line, IntakeRecord intake)
    {
        if (intake.ActorKey == ActorKey.Anonymous)
        {
            return "/actor: an anonymous group is no learner (actor)";
        }

        if (!TextForm.IsVerb(intake.VerbIri))
        {
            return $"the verb is not an IRI of at most {TransactionLimits.VerbBytesMax} bytes (verb)";
        }

        Hash256 committed = TaggedHash.Of("bench/committed"u8, intake.Committed.Span);
        if (seen.TryGetValue(intake.Id, out (int Line, Hash256 Committed) before))
        {
            return before.Committed == committed
                ? $"the same record as in line {before.Line} (duplicate-id)"
                : $"the id of line {before.Line} with other content (duplicate-id)";
        }

        if (learners.Add(intake.ActorKey) && learners.Count > LogLimits.LearnersMax)
        {
            throw new BenchmarkException(
                $"The log has more than {LogLimits.LearnersMax} learners. Split it, and replay the parts one by one.");
        }

        seen.Add(intake.Id, (line.Number, committed));
        return null;
    }

    // A statement without an id gets one from the store; here it only must differ from the others.
    private static Guid FreshId(int line) => new(line, 0, 0, new byte[8]);

    private void Refuse(LogLine line, string reason) => refused.Add(new RefusedLine(line.Number, reason));
}
