namespace Grpc.Net.Client.Protocol;

/// <summary>The names and fixed values of gRPC over HTTP/2.</summary>
internal static class WireNames
{
    internal const string ContentType = "application/grpc";
    internal const string Status = "grpc-status";
    internal const string Message = "grpc-message";
    internal const string Timeout = "grpc-timeout";
    internal const string Encoding = "grpc-encoding";
    internal const string AcceptEncoding = "grpc-accept-encoding";
    internal const string Identity = "identity";

    /// <summary>The default of the real library: larger messages are refused unless the limit is raised.</summary>
    internal const int ReceiveBytesMaxDefault = 4 * 1024 * 1024;

    /// <summary>Whether a content type is gRPC with protocol buffers or another format after a '+'.</summary>
    internal static bool IsGrpc(string? contentType) =>
        contentType is not null
        && contentType.StartsWith(ContentType, StringComparison.OrdinalIgnoreCase)
        && (contentType.Length == ContentType.Length || contentType[ContentType.Length] is '+' or ';');

    /// <summary>Whether a header belongs to the protocol and is not shown as metadata.</summary>
    internal static bool IsReserved(string header) =>
        header.StartsWith(':')
        || header.Equals(Status, StringComparison.OrdinalIgnoreCase)
        || header.Equals(Message, StringComparison.OrdinalIgnoreCase)
        || header.Equals(Timeout, StringComparison.OrdinalIgnoreCase)
        || header.Equals(Encoding, StringComparison.OrdinalIgnoreCase)
        || header.Equals(AcceptEncoding, StringComparison.OrdinalIgnoreCase)
        || header.Equals("content-type", StringComparison.OrdinalIgnoreCase)
        || header.Equals("te", StringComparison.OrdinalIgnoreCase);
}
