using System.Net;
using Ledger.Client.Nodes;

namespace Ledger.Client.Disclosures;

/// <summary>Fetches a shared disclosure by its link. The node learns that somebody did, and nothing else.</summary>
public static class DisclosureFetcher
{
    /// <summary>The longest file that is shared by a link: some hundred records with all of their members.</summary>
    public const int FileBytesMax = 512 * 1024;

    // The node answers from its own disk.
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(15);

    /// <summary>
    /// The bytes of the proof file; they are worth what their verification says. Throws
    /// <see cref="LedgerClientException"/>, also where the link has ended.
    /// </summary>
    public static async Task<byte[]> FetchAsync(DisclosureLink link, CancellationToken cancellation)
    {
        using PinnedHandler handler = new(link.Node.TlsPin);
        using HttpClient http = new(handler.Handler, disposeHandler: false)
        {
            Timeout = AnswerTime, MaxResponseContentBufferSize = FileBytesMax,
        };
        try
        {
            using HttpResponseMessage answer = await http
                .GetAsync(new Uri(link.Node.Uri, link.Path), cancellation).ConfigureAwait(false);
            return answer.IsSuccessStatusCode
                ? await answer.Content.ReadAsByteArrayAsync(cancellation).ConfigureAwait(false)
                : throw RefusalOf(answer.StatusCode);
        }
        catch (HttpRequestException failure)
        {
            throw handler.SawOtherKey
                ? new LedgerClientException(
                    ClientFailure.NotVerified, $"{link.Node.Uri} shows another TLS key than the link names.", failure)
                : new LedgerClientException(
                    ClientFailure.Unreachable, $"The node {link.Node.Uri} cannot be reached.", failure);
        }
        catch (OperationCanceledException failure) when (!cancellation.IsCancellationRequested)
        {
            throw new LedgerClientException(
                ClientFailure.Unreachable, $"The node {link.Node.Uri} did not answer in time.", failure);
        }
    }

    private static LedgerClientException RefusalOf(HttpStatusCode status) => status switch
    {
        HttpStatusCode.Gone => new LedgerClientException(
            ClientFailure.Refused, "The link has ended: its time is over, or the learner has withdrawn it."),
        HttpStatusCode.NotFound => new LedgerClientException(
            ClientFailure.Refused, "The node shares nothing under this link."),
        _ => new LedgerClientException(
            ClientFailure.Unreachable, FormattableString.Invariant($"The node answered {(int)status}.")),
    };
}
