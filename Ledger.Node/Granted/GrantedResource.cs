using System.Text;
using Ledger.Client.Records;
using Ledger.Node.Records;
using Ledger.Primitives;

namespace Ledger.Node.Granted;

/// <summary>
/// The statements resource of granted records: a plain GET of xAPI, answered from the boxes of other institutions, or
/// from copies. A credential needs the scope granted/read, and its name is the purpose that the boxes are told.
/// </summary>
/// <param name="read">What a query gives, for a purpose.</param>
/// <param name="learnerOf">Whose account an actor is, or null.</param>
internal sealed class GrantedResource(
    Func<GrantedQuery, string, CancellationToken, Task<GrantedAnswer>> read, Func<string, Address?> learnerOf)
{
    /// <summary>Answers a request.</summary>
    public async Task<XapiAnswer> AnswerAsync(XapiRequest request, CancellationToken cancellation)
    {
        if (!request.IsReading)
        {
            return XapiEdge.NoSuchMethod(request.Method, "GET", "HEAD");
        }

        if (!request.Caller.May(XapiScopes.GrantedRead))
        {
            return XapiEdge.Forbidden("granted/read");
        }

        GrantedQuery query = GrantedParameters.Of(request.Parameters, learnerOf);
        GrantedAnswer answer = await read(query, request.Caller.Key, cancellation);
        if (answer.Refusal is { } refusal)
        {
            return XapiAnswer.Error(refusal.Status, refusal.Sentence, string.Empty, refusal.Code);
        }

        GrantedRecord[] ordered = Ordered(answer.Records, query.Ascending);
        return request.Parameters.ContainsKey("statementId") ? One(ordered) : Page(request, query, ordered);
    }

    private static XapiAnswer One(GrantedRecord[] found) => found is [var only, ..]
        ? XapiAnswer.Ok(GrantedStatementWriter.Write(only))
        : XapiAnswer.Error(
            StatusCodes.Status404NotFound,
            "There is no statement of this id for this institution.",
            "?statementId",
            "known-id");

    private static XapiAnswer Page(XapiRequest request, GrantedQuery query, GrantedRecord[] ordered)
    {
        int end = Math.Min(query.Skip + query.Limit, ordered.Length);
        string more = end < ordered.Length
            ? GrantedParameters.NextPage(request.Path, request.Parameters, end)
            : string.Empty;
        return XapiAnswer.Ok(
            GrantedStatementWriter.Write(ordered.Skip(query.Skip).Take(query.Limit), more));
    }

    private static GrantedRecord[] Ordered(IReadOnlyList<GrantedRecord> records, bool ascending)
    {
        IOrderedEnumerable<GrantedRecord> rising = records
            .OrderBy(static one => TimeOf(one))
            .ThenBy(static one => one.Writer)
            .ThenBy(static one => one.Record.Leaf.Index);
        return ascending ? [.. rising] : [.. rising.Reverse()];
    }

    private static DateTimeOffset TimeOf(GrantedRecord record)
    {
        string text = CommittedRecord.Read(RecordType.XapiStatement, record.Record.Content.Span).Time;
        return FieldRules.TryReadTime(text, out DateTimeOffset time) ? time : DateTimeOffset.MinValue;
    }
}
