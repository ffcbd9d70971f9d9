using System.CommandLine;
using System.Globalization;
using System.Text;
using Ledger.Client.Cohorts;
using Ledger.Client.Protos;
using Ledger.Client.Tables;
using Ledger.CommandLine.Hosting;
using Ledger.CommandLine.Output;

namespace Ledger.CommandLine.Commands;

/// <summary>Tables for research, of your own node's learners.</summary>
internal static class ResearchCommands
{
    private static readonly string[] Columns =
        ["pseudonym", "verb", "activity", "week", "records", "succeeded", "failed"];

    public static Command Create(CommandHost host) => CommandHost.Noun(
        "research", "Tables for research, with pseudonyms of the project.", Export(host), Log(host));

    private static Command Export(CommandHost host)
    {
        Option<string> project = new("--project")
        {
            Description = "Its pseudonyms are its own.", HelpName = "LABEL", Required = true,
        };
        Option<string> purpose = new("--purpose")
        {
            Description = "What for; your node keeps it.", HelpName = "TEXT", Required = true,
        };
        Option<string> output = new("--out")
        {
            Description = "Where to write the table, for you alone.", HelpName = "FILE", Required = true,
        };
        Option<string[]> verbs = new("--verb")
        {
            Description = "IRI, code or label; may be repeated. None for all.", HelpName = "VERB",
        };
        Option<string?> first = new("--events-from")
        {
            Description = "Only records of events from this day on.", HelpName = "DATE",
        };
        Option<string?> last = new("--events-until")
        {
            Description = "Only records of events up to this day.", HelpName = "DATE",
        };
        return host.Verb(
            "export",
            "Writes what learners did by week, as a table for a research project without cells of a few learners.",
            "ledger research export --project retention-2027 --purpose \"retention study\" --out table.csv",
            [project, purpose, output, verbs, first, last],
            async (session, cancellation) =>
            {
                ResearchRequest request = new()
                {
                    Project = session.Required(project),
                    Purpose = session.Required(purpose),
                    FromDay = session.Get(first) is { } begin ? CohortCommands.DayOf(begin) : 0,
                    UntilDay = session.Get(last) is { } end ? CohortCommands.DayOf(end) + 1 : 0,
                };
                if (request is { FromDay: > 0, UntilDay: 0 })
                {
                    request.UntilDay = CohortLimits.DayMax;
                }

                request.Verbs.AddRange((session.Get(verbs) ?? []).Select(VerbResolver.Resolve)
                    .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
                string path = session.Required(output);
                if (File.Exists(path))
                {
                    throw CommandException.WrongUse($"{path} exists. A table is not written over another one.");
                }

                ResearchTable table =
                    await session.Client.ExportForResearchAsync(request, cancellation).ConfigureAwait(false);
                Write(path, table);
                return Describe(table, path);
            });
    }

    private static Command Log(CommandHost host) => host.Verb(
        "log",
        "Shows which tables your node made, for which projects and purposes.",
        "ledger research log",
        [],
        async (session, cancellation) =>
        {
            ResearchLog log = await session.Client.ListResearchAsync(cancellation).ConfigureAwait(false);
            return new Answer().Table(
                "exports",
                ["number", "made", "project", "purpose", "rows", "cells", "suppressed", "k"],
                log.Lines.Select(static line => new object?[]
                {
                    line.Number, Times.Show(line.MadeUnixMs), line.Project, line.Purpose, line.Rows, line.Cells,
                    line.SuppressedSmall + line.SuppressedDifference, line.K,
                }));
        });

    private static void Write(string path, ResearchTable table)
    {
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using StreamWriter file = new(new FileStream(path, options), new UTF8Encoding(false)) { NewLine = "\n" };
        file.WriteLine(CsvTable.Line(Columns));
        foreach (ResearchRow row in table.Rows)
        {
            file.WriteLine(CsvTable.Line(
            [
                row.Pseudonym, row.Verb, row.Activity, DateOf(row.Week), Text(row.Records), Text(row.Succeeded),
                Text(row.Failed),
            ]));
        }
    }

    private static Answer Describe(ResearchTable table, string path) => new Answer()
        .Field("number", table.Number)
        .Field("height", table.Height)
        .Field("rows", table.Rows.Count)
        .Field("cells", table.Cells)
        .Field("suppressed with few learners", table.SuppressedSmall)
        .Field("suppressed as differing by few", table.SuppressedDifference)
        .Field("k asked for", table.LearnersMin)
        .Field("k measured", table.K)
        .Field("file", path)
        .Note("A pseudonym's rows together may still be of one person only: keep the table as you keep personal data.");

    private static string DateOf(long day) =>
        new DateOnly(1970, 1, 1).AddDays(checked((int)day)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Text(ulong number) => number.ToString(CultureInfo.InvariantCulture);
}
