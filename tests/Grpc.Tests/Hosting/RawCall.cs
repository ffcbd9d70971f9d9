using System.Net;
using System.Net.Http.Headers;

namespace Grpc.Tests.Hosting;

/// <summary>Makes requests as they go over the wire, right or wrong ones.</summary>
internal static class RawCall
{
    internal static HttpRequestMessage Create(
        Uri address,
        string path,
        byte[] body,
        string contentType = "application/grpc")
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue(contentType);
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, path))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = content,
        };
        request.Headers.Add("te", "trailers");
        return request;
    }
}
