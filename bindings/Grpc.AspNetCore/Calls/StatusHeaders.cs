using Grpc.Core;
using Grpc.Net.Client.Protocol;

namespace Grpc.AspNetCore.Server.Calls;

/// <summary>Writes a status and the metadata that goes with it.</summary>
internal static class StatusHeaders
{
    /// <summary>
    /// Writes them through a function that appends a header or a trailer. Throws <see cref="RpcException"/>, before
    /// anything is appended, if the metadata cannot be sent.
    /// </summary>
    internal static void Write(Status status, Metadata? trailers, Action<string, string> append)
    {
        var encoded = (trailers ?? Metadata.Empty)
            .Where(entry => !WireNames.IsReserved(entry.Key))
            .Select(entry => (entry.Key, Value: MetadataCoding.Encode(entry)))
            .ToList();
        foreach (var (key, value) in encoded)
        {
            append(key, value);
        }

        append(WireNames.Status, StatusCoding.Encode(status.StatusCode));
        if (!string.IsNullOrEmpty(status.Detail))
        {
            append(WireNames.Message, PercentCoding.Encode(status.Detail));
        }
    }
}
