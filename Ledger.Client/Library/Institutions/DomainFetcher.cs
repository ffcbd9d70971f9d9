using System.Net;
using System.Net.Http.Headers;

namespace Ledger.Client.Institutions;

/// <summary>
/// Fetches what a domain says of itself: over HTTPS with the system's roots, from the domain itself (no redirects,
/// which would let others speak for it), and no more bytes and seconds than the limits.
/// </summary>
public sealed class DomainFetcher : IDisposable
{
    /// <summary>A small file: a server that takes longer is not well.</summary>
    public static readonly TimeSpan TimeMax = TimeSpan.FromSeconds(10);

    private readonly HttpMessageInvoker invoker;
    private readonly Func<string, Uri> locate;
    private readonly TimeSpan timeMax;

    /// <summary>Fetches from domains themselves.</summary>
    public DomainFetcher()
        : this(static domain => new Uri($"https://{domain}{DomainFile.Path}"), TimeMax)
    {
    }

    /// <summary>Fetches from wherever <paramref name="locate"/> says that a domain's file is.</summary>
    public DomainFetcher(Func<string, Uri> locate, TimeSpan timeMax)
    {
        this.locate = locate;
        this.timeMax = timeMax;
        invoker = new HttpMessageInvoker(
            new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = timeMax });
    }

    /// <summary>
    /// The bytes that the domain serves; throws <see cref="DomainFetchException"/>, which says what to do.
    /// </summary>
    public async Task<byte[]> FetchAsync(string domain, CancellationToken cancellation)
    {
        Uri uri = locate(domain);
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(timeMax);
        try
        {
            return await FetchAsync(uri, limit.Token).ConfigureAwait(false);
        }
        catch (HttpRequestException failure)
        {
            throw new DomainFetchException(
                $"{uri} was not reached: {failure.Message} Ask the institution whether its web server is up, and look "
                + "whether this machine may reach it.",
                failure);
        }
        catch (IOException failure)
        {
            throw new DomainFetchException($"{uri} broke off: {failure.Message} Try again.", failure);
        }
        catch (OperationCanceledException failure) when (!cancellation.IsCancellationRequested)
        {
            throw new DomainFetchException(
                $"{uri} did not answer within {timeMax.TotalSeconds:0.#} seconds. Try again, or fetch the file by "
                + "other means and give it with --file.",
                failure);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => invoker.Dispose();

    private async Task<byte[]> FetchAsync(Uri uri, CancellationToken cancellation)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, uri);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        using HttpResponseMessage response = await invoker.SendAsync(request, cancellation).ConfigureAwait(false);
        if (response.StatusCode != HttpStatusCode.OK)
        {
            throw new DomainFetchException(Explain(uri, response));
        }

        await using Stream stream = await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
        byte[] bytes = new byte[DomainFile.FileBytesMax + 1];
        int count = await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellation)
            .ConfigureAwait(false);
        return count <= DomainFile.FileBytesMax
            ? bytes[..count]
            : throw new DomainFetchException(
                $"{uri} serves more than {DomainFile.FileBytesMax} bytes, which is no domain file. The institution "
                + "makes one with: ledger institution publish-domain-file");
    }

    private static string Explain(Uri uri, HttpResponseMessage response) => response.StatusCode switch
    {
        HttpStatusCode.NotFound =>
            $"{uri} is not there. The institution makes the file with: ledger institution publish-domain-file",
        >= HttpStatusCode.Moved and < HttpStatusCode.BadRequest =>
            $"{uri} leads to {response.Headers.Location}. Redirects are not followed: the domain itself must serve it.",
        _ => $"{uri} answers {(int)response.StatusCode} {response.ReasonPhrase}. Ask the institution to look at it.",
    };
}
