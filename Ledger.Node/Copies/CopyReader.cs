using Ledger.Client.Boxes;
using Ledger.Client.Corrections;
using Ledger.Client.Records;
using Ledger.Contracts.Protos;
using Ledger.Node.Box;
using Ledger.Node.Chain;
using Ledger.Node.Granted;
using Ledger.Primitives;

namespace Ledger.Node.Copies;

/// <summary>
/// Answers the institution's tools from copies: of a copy whose right has ended nothing is given, whether or not it has
/// been removed yet.
/// </summary>
public sealed class CopyReader(Address self, ChainState chain, CopyStore store, TimeProvider time)
{
    /// <summary>The copies that a query wants.</summary>
    public Task<GrantedAnswer> ReadAsync(GrantedQuery query, string purpose, CancellationToken cancellation)
    {
        LedgerHead head = chain.Head;
        long clock = time.GetUtcNow().ToUnixTimeMilliseconds();
        long now = Math.Max(head.Header.TimeUnixMs, clock);
        Dictionary<CopyGroupName, bool> held = [];
        List<KeptCopy> copies = [];
        foreach (KeptCopy copy in store.Find(query.Learner, query.Verb, clock))
        {
            if (!held.TryGetValue(copy.Group, out bool holds))
            {
                holds = CopyRights.Holds(head.State, copy.Group, self, now);
                held[copy.Group] = holds;
            }

            if (holds)
            {
                copies.Add(copy);
            }
        }

        GrantedRecord[] found =
        [
            .. (query.WithSuperseded ? copies : LastWords(copies))
                .Where(copy => IsWanted(query, copy.Record))
                .Select(static copy => new GrantedRecord(
                    copy.Box, copy.Group.Writer, copy.Height, copy.Record, () => copy.Receipt)),
        ];
        return Task.FromResult(found.Length <= GrantedReader.RecordsMax
            ? new GrantedAnswer(found, null)
            : GrantedAnswer.Refuse(new GrantedRefusal(
                StatusCodes.Status400BadRequest,
                "TOO_MANY",
                $"There are more than {GrantedReader.RecordsMax} copies: narrow the question.")));
    }

    // What was copied before its correction came is not the last word any more, once the correction is copied too.
    private static IEnumerable<KeptCopy> LastWords(IEnumerable<KeptCopy> copies) => copies
        .GroupBy(static copy => (copy.Llpc, copy.Group.Writer))
        .SelectMany(static range =>
        {
            IReadOnlyDictionary<ulong, ulong> superseded =
                Supersessions.Of([.. range.Select(static copy => copy.Record)]);
            return range.Where(copy => !superseded.ContainsKey(copy.Record.Leaf.Index));
        });

    private static bool IsWanted(GrantedQuery query, ReleasedRecord record) =>
        !BoxFilters.IsNarrow(query.Filter)
        || (CommittedTimes.Of(RecordType.XapiStatement, record.Content.Span) is { } eventUnixMs
            && BoxFilters.Wants(
                query.Filter,
                CommittedRecord.Read(RecordType.XapiStatement, record.Content.Span).Id,
                RecordType.XapiStatement,
                record.Content.Span,
                eventUnixMs));
}
