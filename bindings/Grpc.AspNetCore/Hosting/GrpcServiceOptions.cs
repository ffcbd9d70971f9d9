using Grpc.Net.Client.Protocol;

namespace Grpc.AspNetCore.Server;

/// <summary>Options of all services of an application.</summary>
public class GrpcServiceOptions
{
    /// <summary>The largest message to send, in bytes; null, the default, for no limit.</summary>
    public int? MaxSendMessageSize { get; set; }

    /// <summary>The largest message to receive, in bytes; 4 MiB by default; null for no limit.</summary>
    public int? MaxReceiveMessageSize { get; set; } = WireNames.ReceiveBytesMaxDefault;

    /// <summary>Whether a client is told the message of an exception that a handler did not catch.</summary>
    public bool? EnableDetailedErrors { get; set; }

    /// <summary>Whether calls of unknown services are left to other endpoints of the application.</summary>
    public bool? IgnoreUnknownServices { get; set; }
}
