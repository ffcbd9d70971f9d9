using System.Globalization;
using Ledger.Client.Records;
using Microsoft.AspNetCore.Http;

namespace Ledger.Node.Records;

/// <summary>The work of the record endpoints, once the caller is known.</summary>
internal sealed class XapiResource
{
    private const string ConsistentThroughHeader = "X-Experience-API-Consistent-Through";

    private readonly RecordStore store;
    private readonly RecordIntake intake;
    private readonly StatementWriter writer;
    private readonly TimeProvider clock;

    public XapiResource(RecordStore store, RecordIntake intake, StatementWriter writer, TimeProvider clock)
    {
        this.store = store;
        this.intake = intake;
        this.writer = writer;
        this.clock = clock;
    }

    /// <summary>Tells the versions; the one answer that needs neither credentials nor a version.</summary>
    public static Task AboutAsync(HttpContext context)
    {
        context.Response.Headers["X-Experience-API-Version"] = XapiEdge.Version;
        return XapiAnswer.Ok("{\"version\":[\"1.0.3\"]}"u8.ToArray()).SendAsync(context);
    }

    /// <summary>Takes in a statement or a list.</summary>
    public Task<XapiAnswer> PostStatementsAsync(HttpContext context, string caller)
    {
        StatementParameters.RequireKnown(context.Request.Query);
        return TakeInAsync(
            context, body => intake.TakeStatements(body.Span, caller), result => XapiAnswer.Ids(result.Ids));
    }

    /// <summary>Takes in a statement under an id given in the address.</summary>
    public Task<XapiAnswer> PutStatementAsync(HttpContext context, string caller)
    {
        Guid id = StatementParameters.StatementId(context.Request.Query);
        return TakeInAsync(context, body => intake.TakeStatement(body.Span, id, caller), _ => XapiAnswer.NoContent);
    }

    /// <summary>Gives one statement by its id, or a page of those that a query asks for.</summary>
    public Task<XapiAnswer> GetStatementsAsync(HttpContext context, string caller)
    {
        string now = clock.GetUtcNow().UtcDateTime.ToString("o", CultureInfo.InvariantCulture);
        context.Response.Headers[ConsistentThroughHeader] = now;
        IQueryCollection parameters = context.Request.Query;
        return Task.FromResult(parameters.ContainsKey("statementId")
            ? One(StatementParameters.StatementId(parameters))
            : Page(context.Request, StatementParameters.Query(parameters)));
    }

    private static async Task<XapiAnswer> TakeInAsync(
        HttpContext context, Func<ReadOnlyMemory<byte>, IntakeResult> take, Func<IntakeResult, XapiAnswer> answer)
    {
        if (RequestBody.Refusal(context.Request) is { } refusal)
        {
            return refusal;
        }

        IntakeResult result = take(await RequestBody.ReadAsync(context));
        return result.ConflictPath is null
            ? answer(result)
            : XapiAnswer.Error(
                StatusCodes.Status409Conflict,
                "Another record bears this id already. Nothing was stored.",
                $"{result.ConflictPath}/id",
                "conflict");
    }

    private XapiAnswer One(Guid id)
    {
        StoredRecord? record = store.Find(RecordType.XapiStatement, id.ToString("D"));
        return record is null
            ? XapiAnswer.Error(
                StatusCodes.Status404NotFound, "There is no statement of this id.", "?statementId", "known-id")
            : XapiAnswer.Ok(writer.Write(record));
    }

    private XapiAnswer Page(HttpRequest request, RecordQuery query)
    {
        IReadOnlyList<StoredRecord> records = store.Query(query);
        string more = records.Count < query.Limit ? "" : StatementParameters.NextPage(request, records[^1].Sequence);
        return XapiAnswer.Ok(writer.Write(records, more));
    }
}
