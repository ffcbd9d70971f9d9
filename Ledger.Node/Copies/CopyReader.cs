using Ledger.Client.Boxes;
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
        List<GrantedRecord> found = [];
        foreach (KeptCopy copy in store.Find(query.Learner, query.Verb, clock))
        {
            if (!held.TryGetValue(copy.Group, out bool holds))
            {
                holds = CopyRights.Holds(head.State, copy.Group, self, now);
                held[copy.Group] = holds;
            }

            if (holds && IsWanted(query, copy.Record))
            {
                found.Add(new GrantedRecord(
                    copy.Box, copy.Group.Writer, copy.Height, copy.Record, () => copy.Receipt));
            }
        }

        return Task.FromResult(found.Count <= GrantedReader.RecordsMax
            ? new GrantedAnswer(found, null)
            : GrantedAnswer.Refuse(new GrantedRefusal(
                StatusCodes.Status400BadRequest,
                "TOO_MANY",
                $"There are more than {GrantedReader.RecordsMax} copies: narrow the question.")));
    }

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
