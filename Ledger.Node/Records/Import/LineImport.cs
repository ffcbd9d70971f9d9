using System.Globalization;
using Ledger.Client.Records;
using Ledger.Node.Records.Caliper;
using Ledger.Node.Records.Mapping;

namespace Ledger.Node.Records.Import;

/// <summary>
/// Takes in lines of a file: statements, events and rows of BookRoll's log, mixed. A line that is refused stops
/// nothing; a line that comes again changes nothing.
/// </summary>
/// <param name="intake">The way into the store.</param>
public sealed class LineImport(RecordIntake intake)
{
    /// <summary>The name under which the store notes who brought the records.</summary>
    public const string Authority = "import";

    /// <summary>Takes lines in.</summary>
    /// <param name="lines">The lines with their numbers, without those that are blank.</param>
    /// <param name="bookRoll">The BookRoll whose rows may be among them; null where there are none.</param>
    public LinesResult Take(
        IReadOnlyList<(ulong Number, ReadOnlyMemory<byte> Json)> lines, BookRollSource? bookRoll)
    {
        List<LineRefusal> refused = [];
        List<(ulong Number, ImportedLine Line)> read = [];
        foreach ((ulong number, ReadOnlyMemory<byte> json) in lines)
        {
            try
            {
                read.Add((number, ImportedLine.Read(json, bookRoll)));
            }
            catch (RecordFormatException refusal)
            {
                refused.Add(new LineRefusal(number, refusal.Path, refusal.Rule, refusal.Message));
            }
        }

        int added = 0;
        int known = 0;
        int optedOut = 0;
        foreach (IGrouping<LineKind, (ulong Number, ImportedLine Line)> kind in read.GroupBy(one => one.Line.Kind))
        {
            BatchResult result = OfKind(kind.Key).Take([.. kind.Select(one => new GivenRecord(
                one.Number.ToString(CultureInfo.InvariantCulture), one.Line.Json))]);
            added += result.Added;
            known += result.Known;
            optedOut += result.OptedOut;
            refused.AddRange(result.Refused.Select(refusal => new LineRefusal(
                ulong.Parse(refusal.Record.Id, CultureInfo.InvariantCulture),
                refusal.Path, refusal.Rule, refusal.Message)));
        }

        return new LinesResult(added, known, optedOut, [.. refused.OrderBy(refusal => refusal.Number)]);
    }

    private BatchIntake OfKind(LineKind kind) => kind switch
    {
        LineKind.Statement => BatchIntake.OfStatements(
            parts => intake.TakeStatements(parts.Json.Span, Authority)),
        LineKind.EventV1p1 => Events(CaliperVersion.V1p1),
        LineKind.EventV1p2 => Events(CaliperVersion.V1p2),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    private BatchIntake Events(CaliperVersion version) =>
        BatchIntake.OfEvents(version, body => intake.TakeEvents(body.Span, Authority));
}
