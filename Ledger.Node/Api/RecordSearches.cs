using System.Globalization;
using Google.Protobuf;
using Ledger.Client.Protos;
using Ledger.Client.Records;
using Ledger.Node.Anchoring;
using Ledger.Node.Records;

namespace Ledger.Node.Api;

/// <summary>Looks for records of the store, of both kinds together, in the order of their numbers.</summary>
/// <param name="store">The store.</param>
/// <param name="standings">How far records are.</param>
internal sealed class RecordSearches(RecordStore store, RecordStandings standings)
{
    private const string Xapi = "xapi";
    private const string Caliper = "caliper";

    /// <summary>Records that one call counts: a second's work at the most.</summary>
    private const int CountedMax = 20_000;

    /// <summary>Bytes of counted values, which may be as long as a record: far below what an answer may have.</summary>
    private const int ValueBytesMax = 4 * 1024 * 1024;

    /// <summary>A page of what a search finds.</summary>
    public FoundRecords Find(RecordSearch search)
    {
        if (search.Id.Length > 0)
        {
            FoundRecords one = new();
            one.Records.AddRange(Enum.GetValues<RecordType>().Select(type => store.Find(type, search.Id))
                .OfType<StoredRecord>().Select(record => View(record, search.WithContent)));
            return one;
        }

        int limit = Refusals.LimitOf(search.Limit, "limit");
        FoundRecords found = new();
        PageRoom room = new();
        foreach (StoredRecord record in Page(search, limit))
        {
            FoundRecord view = View(record, search.WithContent);
            if (!room.Takes(view))
            {
                found.Cursor = found.Records[^1].Number;
                return found;
            }

            found.Records.Add(view);
        }

        found.Cursor = found.Records.Count < limit ? 0 : found.Records[^1].Number;
        return found;
    }

    /// <summary>Counts a part of what a search finds, by a property.</summary>
    public RecordCounts Count(RecordSearch search, string by)
    {
        Func<StoredRecord, string> valueOf = PropertyOf(by);
        SortedDictionary<string, ulong> counts = new(StringComparer.Ordinal);
        RecordSearch next = search.Clone();
        ulong cursor = search.Cursor;
        int counted = 0;
        long valueBytes = 0;
        while (counted < CountedMax && valueBytes < ValueBytesMax)
        {
            next.Cursor = cursor;
            IReadOnlyList<StoredRecord> page = Page(next, RecordQuery.LimitMax);
            foreach (StoredRecord record in page)
            {
                string value = valueOf(record);
                valueBytes += counts.ContainsKey(value) ? 0 : value.Length;
                counts[value] = counts.GetValueOrDefault(value) + 1;
            }

            counted += page.Count;
            cursor = page.Count < RecordQuery.LimitMax ? 0 : (ulong)page[^1].Sequence;
            if (cursor == 0)
            {
                break;
            }
        }

        RecordCounts result = new() { Cursor = cursor };
        result.Counts.AddRange(counts.Select(
            static pair => new RecordCount { Value = pair.Key, Records = pair.Value }));
        return result;
    }

    private IReadOnlyList<StoredRecord> Page(RecordSearch search, int limit)
    {
        return store.List(new RecordQuery(
            TypeOf(search.Type),
            search.Account.Length == 0 ? null : search.Account,
            search.Verb.Length == 0 ? null : search.Verb,
            Time(search.SinceUnixMs, "since_unix_ms"),
            Time(search.UntilUnixMs, "until_unix_ms"),
            search.Cursor is > 0 and <= long.MaxValue ? (long)search.Cursor : null,
            search.Ascending,
            limit));
    }

    private static RecordType? TypeOf(string type) => type switch
    {
        "" => null,
        Xapi => RecordType.XapiStatement,
        Caliper => RecordType.CaliperEvent,
        _ => throw Refusals.Argument("type", $"{Xapi}, {Caliper}, or empty for both"),
    };

    private Func<StoredRecord, string> PropertyOf(string by) => by switch
    {
        "verb" => static record => record.VerbIri,
        "account" => static record => record.ActorKey,
        "day" => static record => record.Time.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        "state" => record => standings.Of(record).State,
        "type" => static record => TypeOf(record),
        "authority" => static record => record.Authority,
        _ => throw Refusals.Argument("by", "verb, account, day, state, type or authority"),
    };

    private static DateTimeOffset? Time(long unixMs, string field)
    {
        if (unixMs == 0)
        {
            return null;
        }

        return unixMs > 0 && unixMs <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            ? DateTimeOffset.FromUnixTimeMilliseconds(unixMs)
            : throw Refusals.Argument(field, "milliseconds since 1970, or 0 for no bound");
    }

    private FoundRecord View(StoredRecord record, bool withContent)
    {
        RecordStanding standing = standings.Of(record);
        return new FoundRecord
        {
            Number = (ulong)record.Sequence,
            Id = record.Id,
            Type = TypeOf(record),
            Account = record.ActorKey,
            Verb = record.VerbIri,
            TimeUnixMs = record.Time.ToUnixTimeMilliseconds(),
            StoredUnixMs = record.Stored.ToUnixTimeMilliseconds(),
            Authority = record.Authority,
            State = standing.State,
            Why = standing.Why,
            Late = record.Place is { IsLate: true },
            Height = record.Place?.Height ?? 0,
            Index = record.Place?.WriterIndex ?? 0,
            Refusal = record.RefusalCode ?? "",
            Content = withContent ? UnsafeByteOperations.UnsafeWrap(record.Committed) : ByteString.Empty,
        };
    }

    private static string TypeOf(StoredRecord record) => record.Type == RecordType.XapiStatement ? Xapi : Caliper;
}
