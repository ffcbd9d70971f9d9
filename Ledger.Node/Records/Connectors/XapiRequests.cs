using System.Net.Http.Headers;
using System.Text;

namespace Ledger.Node.Records.Connectors;

/// <summary>Makes requests to another xAPI store, with the version and the link's credentials.</summary>
/// <param name="settings">The link.</param>
/// <param name="secret">Its secret.</param>
internal sealed class XapiRequests(LinkSettings settings, string secret)
{
    private const string VersionHeader = "X-Experience-API-Version";

    /// <summary>Every store of 1.0.x and of 2.0 answers it.</summary>
    private const string Version = "1.0.3";

    private readonly AuthenticationHeaderValue credentials = new(
        "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{settings.User}:{secret}")));

    /// <summary>The address of statements, with a query.</summary>
    public Uri Statements(string query) => new(settings.Base, "statements" + query);

    /// <summary>
    /// Where <c>more</c> leads; throws <see cref="LinkException"/> when that is another host, which must not get the
    /// credentials.
    /// </summary>
    public Uri More(string more) =>
        Uri.TryCreate(settings.Base, more, out Uri? next)
        && Uri.Compare(
            next, settings.Base, UriComponents.SchemeAndServer, UriFormat.Unescaped,
            StringComparison.OrdinalIgnoreCase) == 0
            ? next
            : throw new LinkException("The other store's next page is on another host; it is not asked for.");

    /// <summary>A request for something.</summary>
    public HttpRequestMessage Get(Uri address) => Make(HttpMethod.Get, address);

    /// <summary>A request that brings JSON.</summary>
    public HttpRequestMessage Send(HttpMethod method, Uri address, byte[] json)
    {
        HttpRequestMessage request = Make(method, address);
        request.Content = new ByteArrayContent(json);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return request;
    }

    private HttpRequestMessage Make(HttpMethod method, Uri address)
    {
        HttpRequestMessage request = new(method, address);
        request.Headers.Authorization = credentials;
        request.Headers.Add(VersionHeader, Version);
        return request;
    }
}
