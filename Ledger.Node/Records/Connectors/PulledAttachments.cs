using Ledger.Client.Records;
using Ledger.Node.Records.Import;
using Microsoft.Net.Http.Headers;

namespace Ledger.Node.Records.Connectors;

/// <summary>
/// Fetches the bytes of attachments from another xAPI store: of one statement at a time, so that pages stay short and a
/// store that has none of them does not spoil a page.
/// </summary>
/// <param name="requests">Makes the requests.</param>
/// <param name="http">The way there.</param>
internal sealed class PulledAttachments(XapiRequests requests, LinkHttp http)
{
    /// <summary>
    /// The statement with what the store gives of its attachments. Where it gives none that can be used the statement
    /// goes without, and the intake refuses it if it cannot do without: it is kept then, and the reason told.
    /// </summary>
    /// <param name="statement">The statement, which names attachments.</param>
    /// <param name="idName">The parameter that asks for it: it is voided, or is not.</param>
    /// <param name="cancellation">Ends the round.</param>
    public async Task<GivenRecord> FetchAsync(
        GivenRecord statement, string idName, CancellationToken cancellation)
    {
        if (!Guid.TryParse(statement.Id, out _))
        {
            return statement;
        }

        Uri address = requests.Statements($"?{idName}={statement.Id}&attachments=true");
        LinkAnswer answer = await http.SendAsync(() => requests.Get(address), cancellation);
        if (!answer.IsSuccess || answer.IsTooLong
            || !MediaTypeHeaderValue.TryParse(answer.ContentType, out MediaTypeHeaderValue? type)
            || !type.MediaType.Equals("multipart/mixed", StringComparison.OrdinalIgnoreCase))
        {
            return statement;
        }

        try
        {
            AttachmentParts parts = await MultipartBody.ReadAsync(answer.Body, type, cancellation);
            return statement with { Contents = parts.Contents };
        }
        catch (RecordFormatException)
        {
            // Parts that are not what their headers say are no attachments: the statement's own hash would tell, too.
            return statement;
        }
    }
}
