using System.Data.Common;
using Ledger.Client.Records;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Ledger.Node.Records;

/// <summary>
/// The program's edge towards learning tools: an answer without inner details whatever happens. What goes wrong inside
/// is logged here, without what the request held; the caller learns only that it did.
/// </summary>
internal sealed partial class RequestGuard(ILogger log)
{
    /// <summary>What the work answers, or why it did not.</summary>
    public async Task<XapiAnswer> AnswerAsync(Func<Task<XapiAnswer>> work)
    {
        try
        {
            return await work();
        }
        catch (RecordFormatException refusal)
        {
            return XapiAnswer.Error(refusal);
        }
        catch (UnwantedRecordException refusal)
        {
            return XapiAnswer.Error(StatusCodes.Status403Forbidden, refusal.Message, refusal.Path, refusal.Rule);
        }
        catch (BodySizeException tooLong)
        {
            return RequestBody.TooLarge(tooLong.BytesMax);
        }
        catch (BadHttpRequestException broken)
        {
            return XapiAnswer.Error(broken.StatusCode, "The request is not complete.", "", "http");
        }
        catch (Exception failure) when (failure is DbException or RecordStoreException)
        {
            StoreFailed(FaultText.Of(failure));
            return XapiAnswer.Error(
                StatusCodes.Status503ServiceUnavailable,
                "The record store cannot be used now. Send again later.",
                "",
                "store");
        }
        catch (Exception failure) when (failure is not (OperationCanceledException or Primitives.InvariantException))
        {
            RequestFailed(FaultText.Of(failure));
            return XapiAnswer.Error(
                StatusCodes.Status500InternalServerError, "An internal error occurred.", "", "internal");
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The record store failed: {Fault}")]
    private partial void StoreFailed(string fault);

    [LoggerMessage(Level = LogLevel.Error, Message = "A record request failed: {Fault}")]
    private partial void RequestFailed(string fault);
}
