using System.Globalization;
using System.Net;
using Grpc.Core;

namespace Grpc.Net.Client.Protocol;

/// <summary>A status as headers, and what an HTTP answer without one means.</summary>
internal static class StatusCoding
{
    /// <summary>The number of a code.</summary>
    internal static string Encode(StatusCode code) => ((int)code).ToString(CultureInfo.InvariantCulture);

    /// <summary>Reads a status; a number that is not a code is Unknown, as the protocol asks for.</summary>
    internal static Status Decode(string code, string? message)
    {
        var detail = message is null ? string.Empty : PercentCoding.Decode(message);
        if (!int.TryParse(code, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return new Status(StatusCode.Unknown, $"The grpc-status '{code}' is not a number. {detail}".TrimEnd());
        }

        return new Status(
            number is >= (int)StatusCode.OK and <= (int)StatusCode.Unauthenticated
                ? (StatusCode)number
                : StatusCode.Unknown,
            detail);
    }

    /// <summary>The code for an HTTP status that is not 200 and bears no gRPC status.</summary>
    internal static StatusCode FromHttp(HttpStatusCode code) => code switch
    {
        HttpStatusCode.BadRequest => StatusCode.Internal,
        HttpStatusCode.Unauthorized => StatusCode.Unauthenticated,
        HttpStatusCode.Forbidden => StatusCode.PermissionDenied,
        HttpStatusCode.NotFound => StatusCode.Unimplemented,
        HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable
            or HttpStatusCode.GatewayTimeout => StatusCode.Unavailable,
        _ => StatusCode.Unknown,
    };
}
