using System.Net.Http.Headers;
using Grpc.Core;
using Grpc.Net.Client.Protocol;

namespace Grpc.Net.Client.Calls;

/// <summary>Reads metadata and status from the headers of an answer.</summary>
internal static class HttpMetadata
{
    /// <summary>All headers that are not the protocol's own.</summary>
    internal static Metadata Read(HttpResponseHeaders headers)
    {
        var metadata = new Metadata();
        foreach (var (key, values) in headers.NonValidated)
        {
            foreach (var value in values)
            {
                MetadataCoding.Append(metadata, key, value);
            }
        }

        return metadata;
    }

    /// <summary>The status, or null if there is none.</summary>
    internal static Status? ReadStatus(HttpResponseHeaders headers) =>
        Value(headers, WireNames.Status) is { } code
            ? StatusCoding.Decode(code, Value(headers, WireNames.Message))
            : null;

    /// <summary>The last value of a header, or null.</summary>
    internal static string? Value(HttpResponseHeaders headers, string name)
    {
        string? last = null;
        if (headers.NonValidated.TryGetValues(name, out var values))
        {
            foreach (var value in values)
            {
                last = value;
            }
        }

        return last;
    }
}
