using System.CommandLine;
using System.Globalization;
using System.Text;
using Ledger.Client.Protos;
using Ledger.Client.Tables;
using Ledger.CommandLine.Hosting;
using Ledger.CommandLine.Output;

namespace Ledger.CommandLine.Commands;

/// <summary>Writes what a search finds into a file.</summary>
internal static class RecordExportCommand
{
    private const int PageRecords = 500;

    private static readonly string[] Columns =
        ["number", "id", "type", "account", "verb", "time", "stored", "by", "state", "record"];

    public static Command Create(CommandHost host)
    {
        RecordFilters filters = new();
        Option<string> output = new("--out")
        {
            Description = "Where to write, for you alone.", HelpName = "FILE", Required = true,
        };
        Option<string> format = new("--format")
        {
            Description = "jsonl: a record a line, as it was sent; csv: what is known of it too.",
            DefaultValueFactory = static _ => "jsonl",
        };
        format.AcceptOnlyFromAmong("jsonl", "csv");
        return host.Verb(
            "export",
            "Writes records of your node's store into a file, the oldest first.",
            "ledger record export --out records.jsonl --since 2026-10-01",
            [.. filters.All, output, format],
            async (session, cancellation) =>
            {
                RecordSearch search = filters.Read(session);
                search.Ascending = true;
                search.WithContent = true;
                search.Limit = PageRecords;
                bool isCsv = session.Required(format) == "csv";
                string path = session.Required(output);
                long written = await WriteAsync(session, search, path, isCsv, cancellation).ConfigureAwait(false);
                return new Answer().Field("records", written).Field("file", path);
            });
    }

    private static async Task<long> WriteAsync(
        Session session, RecordSearch search, string path, bool isCsv, CancellationToken cancellation)
    {
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        long written = 0;
        using StreamWriter file = new(new FileStream(path, options), new UTF8Encoding(false)) { NewLine = "\n" };
        if (isCsv)
        {
            await file.WriteLineAsync(CsvTable.Line(Columns)).ConfigureAwait(false);
        }

        do
        {
            FoundRecords page = await session.Client.FindRecordsAsync(search, cancellation).ConfigureAwait(false);
            foreach (FoundRecord record in page.Records)
            {
                string json = Encoding.UTF8.GetString(record.Content.Span);
                await file.WriteLineAsync(isCsv ? LineOf(record, json) : json).ConfigureAwait(false);
                written++;
            }

            search.Cursor = page.Cursor;
        }
        while (search.Cursor != 0);

        return written;
    }

    private static string LineOf(FoundRecord record, string json) => CsvTable.Line(
        [
            record.Number.ToString(CultureInfo.InvariantCulture), record.Id, record.Type, record.Account, record.Verb,
            Times.Show(record.TimeUnixMs), Times.Show(record.StoredUnixMs), record.Authority, record.State, json,
        ]);
}
