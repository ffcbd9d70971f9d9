using Grpc.Core;
using Grpc.Net.Client.Protocol;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Grpc.AspNetCore.Server.Calls;

/// <summary>Writes status and metadata as headers or trailers.</summary>
internal static class StatusHeaders
{
    /// <summary>
    /// Writes a status and its metadata. Throws <see cref="RpcException"/>, before anything is written, if the
    /// metadata cannot be sent.
    /// </summary>
    internal static void Write(IHeaderDictionary headers, Status status, Metadata trailers)
    {
        Write(headers, trailers);
        Append(headers, WireNames.Status, StatusCoding.Encode(status.StatusCode));
        if (!string.IsNullOrEmpty(status.Detail))
        {
            Append(headers, WireNames.Message, PercentCoding.Encode(status.Detail));
        }
    }

    /// <summary>Writes metadata, all of it or, throwing <see cref="RpcException"/>, nothing.</summary>
    internal static void Write(IHeaderDictionary headers, Metadata metadata)
    {
        if (metadata.Count == 0)
        {
            return;
        }

        var encoded = new List<(string Key, string Value)>(metadata.Count);
        foreach (var entry in metadata)
        {
            // The protocol's own headers come from the call, so an entry of that name has no meaning.
            if (!WireNames.IsReserved(entry.Key))
            {
                encoded.Add((entry.Key, MetadataCoding.Encode(entry)));
            }
        }

        foreach (var (key, value) in encoded)
        {
            Append(headers, key, value);
        }
    }

    // The framework's own Append leaves out empty values, but no bytes are a value too.
    private static void Append(IHeaderDictionary headers, string key, string value) =>
        headers[key] = StringValues.Concat(headers[key], value);
}
