using System.Net.Sockets;
using System.Text;
using Grpc.Core;

namespace Grpc.Net.Client.Protocol;

/// <summary>What an exception of the HTTP stack means for a call.</summary>
internal static class FailureMapping
{
    /// <summary>The status for an exception, its causes in the detail.</summary>
    /// <param name="summary">What was being done, a sentence.</param>
    /// <param name="exception">What happened.</param>
    internal static Status ToStatus(string summary, Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case RpcException rpc:
                    return rpc.Status;
                case HttpProtocolException protocol:
                    return new Status(FromHttp2(protocol.ErrorCode), Describe(summary, exception), exception);
            }
        }

        return new Status(CodeOf(exception), Describe(summary, exception), exception);
    }

    private static StatusCode CodeOf(Exception exception) => exception switch
    {
        HttpRequestException
        {
            HttpRequestError: HttpRequestError.VersionNegotiationError or HttpRequestError.ConfigurationLimitExceeded
                or HttpRequestError.UserAuthenticationError
        } => StatusCode.Internal,

        // An invalid response is among them: so shows a server that refuses a client's certificate after the handshake.
        HttpRequestException or IOException or SocketException => StatusCode.Unavailable,

        // The handler's own time limit for connecting shows as a cancellation caused by a time-out.
        OperationCanceledException { InnerException: TimeoutException } => StatusCode.Unavailable,
        OperationCanceledException or ObjectDisposedException => StatusCode.Cancelled,
        _ => StatusCode.Internal,
    };

    // The table "HTTP/2 transport mapping" of the gRPC protocol.
    private static StatusCode FromHttp2(long errorCode) => errorCode switch
    {
        0x7 => StatusCode.Unavailable,
        0x8 => StatusCode.Cancelled,
        0xB => StatusCode.ResourceExhausted,
        0xC => StatusCode.PermissionDenied,
        _ => StatusCode.Internal,
    };

    private static string Describe(string summary, Exception exception)
    {
        var text = new StringBuilder(summary);
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            text.Append(' ').Append(cause.GetType().Name).Append(": ").Append(cause.Message);
        }

        return text.ToString();
    }
}
