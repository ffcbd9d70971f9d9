using System.Net.Http.Headers;
using System.Text;

namespace Ledger.Node.Records.Connectors;

/// <summary>Makes requests to another xAPI store, with the version and the link's credentials.</summary>
/// <param name="settings">The link.</param>
/// <param name="secret">Its secret.</param>
internal sealed class XapiRequests(LinkSettings settings, string secret)
{
    private const string VersionHeader = "X-Experience-API-Version";

    private readonly AuthenticationHeaderValue credentials = new(
        "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{settings.User}:{secret}")));

    private XapiVersion? learnt;

    /// <summary>The version that is spoken with the other store: 1.0.3 until it has told that it knows 2.0.0.</summary>
    public XapiVersion Version => learnt ?? XapiVersion.V1;

    /// <summary>
    /// Asks the other store once which versions it speaks, and takes the newest that is known here. One that does not
    /// say so speaks the first: every store of 1.0.x must answer, and a proxy in front of it may not let it.
    /// </summary>
    public async Task LearnVersionAsync(LinkHttp http, CancellationToken cancellation)
    {
        if (learnt is null)
        {
            Uri address = new(settings.Base, "about");
            LinkAnswer answer = await http.SendAsync(() => MakeAbout(address), cancellation);
            learnt = answer.IsSuccess ? AboutAnswer.Newest(answer.Body) : XapiVersion.V1;
        }
    }

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

    /// <summary>A request that brings statements.</summary>
    public HttpRequestMessage Send(HttpMethod method, Uri address, ForwardedBody body)
    {
        HttpRequestMessage request = Make(method, address);
        request.Content = new ByteArrayContent(body.Bytes);
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(body.ContentType);
        return request;
    }

    // A store that knows both may tell a client of the first version of that one alone.
    private HttpRequestMessage MakeAbout(Uri address)
    {
        HttpRequestMessage request = new(HttpMethod.Get, address);
        request.Headers.Authorization = credentials;
        request.Headers.Add(VersionHeader, XapiVersions.Text(XapiVersion.V2));
        return request;
    }

    private HttpRequestMessage Make(HttpMethod method, Uri address)
    {
        HttpRequestMessage request = new(method, address);
        request.Headers.Authorization = credentials;
        request.Headers.Add(VersionHeader, XapiVersions.Text(Version));
        return request;
    }
}
