using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Ledger.Client.Nodes;

/// <summary>
/// Hands learning records to an institution's learning record store over HTTP with Basic credentials: xAPI statements
/// to
/// <c>statements</c> below its address, Caliper envelopes to <c>/caliper/events</c> of its host.
/// </summary>
public sealed class RecordStoreClient : IDisposable
{
    private const string VersionHeader = "X-Experience-API-Version";
    private const string XapiVersion = "1.0.3";

    // An answer lists ids or says why not; more is not read.
    private const int AnswerBytesMax = 1024 * 1024;

    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(30);

    private readonly Uri address;
    private readonly PinnedHandler handler;
    private readonly HttpClient http;

    /// <summary>Takes the store's address with the pin of its TLS key, and the credentials.</summary>
    public RecordStoreClient(NodeEndpoint store, string user, string password)
    {
        address = store.Uri;
        handler = new PinnedHandler(store.TlsPin);
        http = new HttpClient(handler.Handler, disposeHandler: false)
        {
            Timeout = AnswerTime, MaxResponseContentBufferSize = AnswerBytesMax,
        };
        string credentials = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"));
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", credentials);
        http.DefaultRequestHeaders.Add(VersionHeader, XapiVersion);
    }

    /// <summary>
    /// Hands in one statement, a list of statements, or a Caliper envelope, as UTF-8 JSON. Returns the store's answer
    /// as text; throws
    /// <see cref="LedgerClientException"/>.
    /// </summary>
    public async Task<string> AddAsync(byte[] json, CancellationToken cancellation)
    {
        Uri target = IsCaliper(json) ? new Uri(address, "/caliper/events")
            : new Uri($"{address.AbsoluteUri.TrimEnd('/')}/statements");
        using ByteArrayContent content = new(json);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return await CallAsync(
            () => http.PostAsync(target, content, cancellation),
            answer => answer.Content.ReadAsStringAsync(cancellation),
            cancellation).ConfigureAwait(false);
    }

    private async Task<T> CallAsync<T>(
        Func<Task<HttpResponseMessage>> call,
        Func<HttpResponseMessage, Task<T>> read,
        CancellationToken cancellation)
    {
        try
        {
            using HttpResponseMessage answer = await call().ConfigureAwait(false);
            return answer.IsSuccessStatusCode
                ? await read(answer).ConfigureAwait(false)
                : throw ToException(
                    answer.StatusCode, await answer.Content.ReadAsStringAsync(cancellation).ConfigureAwait(false));
        }
        catch (HttpRequestException failure)
        {
            throw handler.SawOtherKey
                ? new LedgerClientException(
                    ClientFailure.NotVerified,
                        $"{address} shows another TLS key than the profile names, so nothing was sent.", failure)
                : new LedgerClientException(
                    ClientFailure.Unreachable, $"The record store {address} cannot be reached. Is it running?",
                        failure);
        }
        catch (OperationCanceledException failure) when (!cancellation.IsCancellationRequested)
        {
            throw new LedgerClientException(
                ClientFailure.Undecided,
                    $"The record store {address} did not answer in time. It may have taken the record.", failure);
        }
    }

    /// <summary>
    /// The institution's signed word that its store took a record in, as a file that verifies offline; by the record's
    /// id, for whoever may read the record. Throws <see cref="LedgerClientException"/>.
    /// </summary>
    public Task<byte[]> GetIntakeReceiptAsync(string id, CancellationToken cancellation) => CallAsync(
        () => http.GetAsync(new Uri(address, $"/ledger/records/{Uri.EscapeDataString(id)}/receipt"), cancellation),
        answer => answer.Content.ReadAsByteArrayAsync(cancellation),
        cancellation);

    /// <inheritdoc/>
    public void Dispose()
    {
        http.Dispose();
        handler.Dispose();
    }

    private static bool IsCaliper(byte[] json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && (document.RootElement.TryGetProperty("dataVersion", out _)
                    || document.RootElement.TryGetProperty("eventTime", out _));
        }
        catch (JsonException failure)
        {
            throw new LedgerClientException(
                ClientFailure.WrongUse, $"The file is not JSON: {failure.Message}", failure);
        }
    }

    private static LedgerClientException ToException(HttpStatusCode status, string text) => status switch
    {
        HttpStatusCode.BadRequest => new LedgerClientException(
            ClientFailure.WrongUse, $"The store does not take the record: {text}"),
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => new LedgerClientException(
            ClientFailure.Refused, "The store does not know these credentials, or they may not write."),
        HttpStatusCode.Conflict => new LedgerClientException(
            ClientFailure.Refused, "The store holds another record with this id."),
        _ => new LedgerClientException(
            (int)status >= 500 ? ClientFailure.Unreachable : ClientFailure.Refused,
            FormattableString.Invariant($"The store answered {(int)status}: {text}")),
    };
}
