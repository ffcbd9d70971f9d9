using System.Net;
using System.Net.Http.Headers;
using Ledger.EndToEnd.Tests.Support;

namespace Ledger.EndToEnd.Tests.Sharing;

/// <summary>A client of a box that knows HTTP alone, and in its first version.</summary>
public static class BoxHttp
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    public static async Task<(HttpStatusCode Status, byte[] Body)> PostAsync(Member box, string token)
    {
        using SocketsHttpHandler handler = new();
        // The node's certificate is its own: what is answered is signed, and is verified by that.
        handler.SslOptions.RemoteCertificateValidationCallback = static (_, _, _, _) => true;
        using HttpClient client = new(handler) { Timeout = Limit };
        using HttpRequestMessage request = new(HttpMethod.Post, new Uri($"https://{box.Node.Api}/box/read"))
        {
            Version = HttpVersion.Version11,
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using HttpResponseMessage answer = await client.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadAsByteArrayAsync());
    }
}
