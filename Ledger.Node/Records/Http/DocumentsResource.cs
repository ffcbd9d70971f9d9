using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Ledger.Node.Records;

/// <summary>
/// State, activity profiles and agent profiles: one resource in three shapes (xAPI 1.0.3, part 3, 2.2, 2.3, 2.6, 2.7).
/// </summary>
internal sealed class DocumentsResource
{
    private readonly DocumentStore documents;
    private readonly DocumentKind kind;
    private readonly XapiScopes scope;

    public DocumentsResource(DocumentStore documents, DocumentKind kind)
    {
        this.documents = documents;
        this.kind = kind;
        scope = kind == DocumentKind.State ? XapiScopes.State : XapiScopes.Profile;
    }

    /// <summary>Answers a request.</summary>
    public Task<XapiAnswer> AnswerAsync(XapiRequest request, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (!request.Caller.May(scope) && !(request.IsReading && request.Caller.May(XapiScopes.AllRead)))
        {
            return Task.FromResult(XapiEdge.Forbidden(kind == DocumentKind.State ? "state" : "profile"));
        }

        return Task.FromResult(request.Method switch
        {
            "GET" or "HEAD" => Get(request),
            "PUT" => Write(request, isMerging: false),
            "POST" => Write(request, isMerging: true),
            "DELETE" => Delete(request),
            _ => XapiEdge.NoSuchMethod(request.Method, "GET", "HEAD", "PUT", "POST", "DELETE"),
        });
    }

    private XapiAnswer Get(XapiRequest request)
    {
        DocumentAddress address = DocumentAddress.Read(request.Parameters, kind, takesSince: true);
        if (address.Id is not { } id)
        {
            return XapiAnswer.Ids(documents.Ids(address.Scope, address.Since));
        }

        if (documents.Find(address.Scope, id) is not { } document)
        {
            return XapiAnswer.Error(
                StatusCodes.Status404NotFound, "There is no document of this id.", $"?{address.IdName}", "known-id");
        }

        bool isKnown = DocumentRules.Names(request.Header(HeaderNames.IfNoneMatch), document.EntityTag);
        return new XapiAnswer(
            isKnown ? StatusCodes.Status304NotModified : StatusCodes.Status200OK, document.Content)
        {
            ContentType = document.ContentType,
            EntityTag = document.EntityTag,
            LastModified = document.Updated,
        };
    }

    private XapiAnswer Write(XapiRequest request, bool isMerging)
    {
        DocumentAddress address = DocumentAddress.Read(request.Parameters, kind, takesSince: false);
        string id = address.RequiredId;
        DocumentRequest written = new(
            request.Header(HeaderNames.ContentType) ?? "application/octet-stream",
            request.Body,
            request.Header(HeaderNames.IfMatch),
            request.Header(HeaderNames.IfNoneMatch));
        DocumentRules.RequireReadable(written, isMerging);
        bool asksForPrecondition = kind != DocumentKind.State || request.Version != XapiVersion.V1;
        return Answer(documents.Change(address.Scope, id, known => isMerging
            ? DocumentRules.Merge(known, written)
            : DocumentRules.Replace(known, written, asksForPrecondition, kind)));
    }

    private XapiAnswer Delete(XapiRequest request)
    {
        DocumentAddress address = DocumentAddress.Read(request.Parameters, kind, takesSince: false);
        if (kind == DocumentKind.State && address.Id is null)
        {
            documents.RemoveAll(address.Scope);
            return XapiAnswer.NoContent;
        }

        return Answer(documents.Change(
            address.Scope,
            address.RequiredId,
            known => DocumentRules.Remove(
                known, request.Header(HeaderNames.IfMatch), request.Header(HeaderNames.IfNoneMatch))));
    }

    private static XapiAnswer Answer(DocumentChange change) => change is DocumentChange.Refuse refusal
        ? XapiAnswer.Error(refusal.Status, refusal.Message, string.Empty, refusal.Rule)
        : XapiAnswer.NoContent;
}
