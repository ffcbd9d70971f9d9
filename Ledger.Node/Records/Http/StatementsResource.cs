using System.Globalization;
using Ledger.Client.Records;
using Microsoft.AspNetCore.Http;

namespace Ledger.Node.Records;

/// <summary>The statements resource (xAPI 1.0.3, part 3, 2.1; IEEE 9274.1.1, 4.1.6.1).</summary>
internal sealed class StatementsResource
{
    private readonly RecordStore store;
    private readonly RecordIntake intake;
    private readonly StatementWriter writer;
    private readonly string authorityHomePage;

    public StatementsResource(RecordStore store, RecordIntake intake, string authorityHomePage)
    {
        this.store = store;
        this.intake = intake;
        this.authorityHomePage = authorityHomePage;
        writer = new StatementWriter(authorityHomePage);
    }

    /// <summary>Answers a request.</summary>
    public async Task<XapiAnswer> AnswerAsync(XapiRequest request, CancellationToken cancellation)
    {
        if (request.IsReading)
        {
            return request.Caller.May(XapiScopes.StatementsReadMine)
                ? await Task.FromResult(Get(request))
                : XapiEdge.Forbidden("statements/read");
        }

        if (request.Method is not ("POST" or "PUT"))
        {
            return XapiEdge.NoSuchMethod(request.Method, "GET", "HEAD", "PUT", "POST");
        }

        return request.Caller.May(XapiScopes.StatementsWrite)
            ? await TakeInAsync(request, cancellation)
            : XapiEdge.Forbidden("statements/write");
    }

    private async Task<XapiAnswer> TakeInAsync(XapiRequest request, CancellationToken cancellation)
    {
        Guid? id = request.Method == "PUT" ? StatementParameters.StatementId(request.Parameters) : null;
        if (id is null)
        {
            RequestParameters.RequireKnown(request.Parameters);
        }

        AttachmentParts? parts = await PartsAsync(request, cancellation);
        if (parts is null)
        {
            return RequestBody.NotJson(StatusCodes.Status400BadRequest);
        }

        IntakeSource source = new(request.Caller.Key, request.Version, request.Caller.May(XapiScopes.Define));
        IntakeResult result = id is { } named
            ? intake.TakeStatement(parts, named, source)
            : intake.TakeStatements(parts, source);
        if (result.ConflictPath is { } path)
        {
            return Conflict(path);
        }

        return id is null ? XapiAnswer.Ids(result.Ids) : XapiAnswer.NoContent;
    }

    private static async Task<AttachmentParts?> PartsAsync(XapiRequest request, CancellationToken cancellation)
    {
        if (request.ContentType is { } type
            && type.MediaType.Equals("multipart/mixed", StringComparison.OrdinalIgnoreCase))
        {
            return await MultipartBody.ReadAsync(request.Body, type, cancellation);
        }

        return RequestBody.IsJson(request.ContentType) ? AttachmentParts.Alone(request.Body) : null;
    }

    /// <summary>The answer where an id is taken by another meaning; nothing was stored.</summary>
    public static XapiAnswer Conflict(string path) => XapiAnswer.Error(
        StatusCodes.Status409Conflict,
        "Another record bears this id already. Nothing was stored.",
        $"{path}/id",
        "conflict");

    private XapiAnswer Get(XapiRequest request)
    {
        string? authority = request.Caller.May(XapiScopes.StatementsRead) ? null : request.Caller.Key;
        if (StatementParameters.One(request.Parameters) is { } one)
        {
            return One(request, one.Id, one.IsVoided, authority);
        }

        StatementQuery query = StatementParameters.Query(request.Parameters, authorityHomePage, authority);
        StatementShape shape = Shape(request);
        bool withAttachments = RequestParameters.Flag(request.Parameters, "attachments");
        StatementPage page = store.Query(query);
        string more = page.HasMore
            ? StatementParameters.NextPage(request.Path, request.Parameters, page.Records[^1].Sequence)
            : string.Empty;
        XapiAnswer answer = XapiAnswer.Ok(writer.Write(page.Records, shape, more)) with
        {
            LastModified = page.Records.Count == 0 ? null : page.Records.Max(record => record.Stored),
        };
        return withAttachments ? new MultipartAnswer(store).Of(answer, page.Records) : answer;
    }

    private XapiAnswer One(XapiRequest request, string id, bool isVoided, string? authority)
    {
        StatementShape shape = Shape(request);
        bool withAttachments = RequestParameters.Flag(request.Parameters, "attachments");
        StoredRecord? record = store.FindStatement(id, isVoided);
        if (record is null || (authority is not null && record.Authority != authority))
        {
            return XapiAnswer.Error(
                StatusCodes.Status404NotFound,
                isVoided ? "There is no voided statement of this id." : "There is no statement of this id.",
                isVoided ? "?voidedStatementId" : "?statementId",
                "known-id");
        }

        XapiAnswer answer = XapiAnswer.Ok(writer.Write(record, shape)) with { LastModified = record.Stored };
        return withAttachments ? new MultipartAnswer(store).Of(answer, [record]) : answer;
    }

    private StatementShape Shape(XapiRequest request) => StatementParameters.Format(request.Parameters) switch
    {
        "ids" => IdsShape.Instance,
        "canonical" => new CanonicalShape(
            LanguagePreference.Read(request.Header(Microsoft.Net.Http.Headers.HeaderNames.AcceptLanguage)),
            store.Definition),
        _ => ExactShape.Instance,
    };
}
