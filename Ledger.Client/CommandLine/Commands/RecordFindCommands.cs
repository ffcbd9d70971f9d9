using System.CommandLine;
using System.Text;
using Ledger.Client.Protos;
using Ledger.CommandLine.Hosting;
using Ledger.CommandLine.Output;
using Ledger.Contracts.Verbs;

namespace Ledger.CommandLine.Commands;

/// <summary>Looking at the records of the institution's own store.</summary>
internal static class RecordFindCommands
{
    private const int ListUsual = 50;
    private const int ListMax = 500;

    public static Command CreateList(CommandHost host)
    {
        RecordFilters filters = new();
        Option<int> limit = new("--limit")
        {
            Description = $"At most so many, 1 to {ListMax}.", DefaultValueFactory = static _ => ListUsual,
        };
        return host.Verb(
            "list",
            "Lists records of your node's store, the newest first.",
            "ledger record list --account \"https://moodle.kyoto-u.example|jo\" --since 2026-10-01",
            [.. filters.All, limit],
            async (session, cancellation) =>
            {
                int count = session.Required(limit);
                if (count is < 1 or > ListMax)
                {
                    throw CommandException.WrongUse($"--limit is 1 to {ListMax}.");
                }

                RecordSearch search = filters.Read(session);
                search.Limit = (uint)count;
                FoundRecords found =
                    await session.Client.FindRecordsAsync(search, cancellation).ConfigureAwait(false);
                Answer answer = new Answer().Table(
                    "records",
                    ["id", "type", "account", "verb", "time", "stored", "by", "state"],
                    found.Records.Select(RowOf));
                return found.Cursor == 0
                    ? answer
                    : answer.Note("There are more: narrow the search, or use ledger record export.");
            });
    }

    public static Command CreateShow(CommandHost host)
    {
        Argument<string> id = new("ID") { Description = "The statement's or event's id." };
        return host.Verb(
            "show",
            "Shows a record of your node's store, with its content.",
            "ledger record show 6f9619ff-8b86-4011-b42d-00c04fc964ff",
            [id],
            async (session, cancellation) =>
            {
                FoundRecords found = await session.Client.FindRecordsAsync(
                    new RecordSearch { Id = session.Required(id), WithContent = true }, cancellation)
                        .ConfigureAwait(false);
                if (found.Records.Count == 0)
                {
                    throw new CommandException(
                        ExitCode.Refused, $"Your node's store holds no record {session.Required(id)}.");
                }

                FoundRecord record = found.Records[0];
                return new Answer()
                    .Field("id", record.Id)
                    .Field("type", record.Type)
                    .Field("account", record.Account)
                    .Field("verb", VerbTable.Standard.Format(record.Verb))
                    .Field("iri", record.Verb)
                    .Field("time", Times.Show(record.TimeUnixMs))
                    .Field("stored", Times.Show(record.StoredUnixMs))
                    .Field("by", record.Authority)
                    .Field("state", record.State)
                    .Field("why", record.Why.Length == 0 ? null : record.Why)
                    .Field("late", record.Late ? true : null)
                    .Field("height", record.Height == 0 ? null : record.Height)
                    .Field("index", record.Height == 0 ? null : record.Index)
                    .Field("refusal", record.Refusal.Length == 0 ? null : record.Refusal)
                    .Field("record", Encoding.UTF8.GetString(record.Content.Span));
            });
    }

    public static Command CreateStats(CommandHost host)
    {
        RecordFilters filters = new();
        Option<string> by = new("--by")
        {
            Description = "What is counted: verb, account, day, state, type or authority.",
            DefaultValueFactory = static _ => "verb",
        };
        by.AcceptOnlyFromAmong("verb", "account", "day", "state", "type", "authority");
        return host.Verb(
            "stats",
            "Counts records of your node's store by a property.",
            "ledger record stats --by day --verb 0x34",
            [.. filters.All, by],
            async (session, cancellation) =>
            {
                string property = session.Required(by);
                SortedDictionary<string, ulong> counts = new(StringComparer.Ordinal);
                RecordCountRequest request = new() { Search = filters.Read(session), By = property };
                do
                {
                    RecordCounts part = await session.Client.CountRecordsAsync(request, cancellation)
                        .ConfigureAwait(false);
                    foreach (RecordCount one in part.Counts)
                    {
                        counts[one.Value] = counts.GetValueOrDefault(one.Value) + one.Records;
                    }

                    request.Search.Cursor = part.Cursor;
                }
                while (request.Search.Cursor != 0);

                IEnumerable<KeyValuePair<string, ulong>> ordered =
                    property == "day" ? counts : counts.OrderByDescending(static pair => pair.Value);
                return new Answer()
                    .Field("records", counts.Values.Aggregate(0UL, static (sum, one) => sum + one))
                    .Table("counts", [property, "records"], ordered.Select(pair => new object?[]
                    {
                        property == "verb" ? VerbTable.Standard.Format(pair.Key) : pair.Key, pair.Value,
                    }));
            });
    }

    private static object?[] RowOf(FoundRecord record) =>
    [
        record.Id, record.Type, record.Account, VerbTable.Standard.Format(record.Verb), Times.Show(record.TimeUnixMs),
        Times.Show(record.StoredUnixMs), record.Authority, record.State,
    ];
}
