using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Ledger.Client.Protos;
using Ledger.Devnet;
using Ledger.Workload;

namespace Ledger.Benchmarks.Replay;

/// <summary>
/// Brings records to the schools' learning record stores over HTTP, as learning tools do, and asks each store for the
/// commitments and locators.
/// </summary>
public sealed class RecordLoader(Cast cast, IReadOnlyList<StoreRecord> records)
{
    /// <summary>Records of one request.</summary>
    private const int BatchMax = 50;

    /// <summary>Bytes of the records of one request: with what is around them below a store's 4 MiB.</summary>
    private const int BatchBytesMax = 3 * 1024 * 1024;

    /// <summary>Posts every record; answers one loaded record each, in their order.</summary>
    public async Task<LoadedRecord[]> LoadAsync(CancellationToken cancellation)
    {
        LoadedRecord[] loaded = new LoadedRecord[records.Count];
        await Task.WhenAll(cast.Nodes.Select((node, place) => LoadAsync(node, place, loaded, cancellation)));
        return loaded;
    }

    /// <summary>A client with the credentials of a node's learning record store.</summary>
    public static HttpClient LrsClient(DevnetNode node)
    {
        using JsonDocument credentials = JsonDocument.Parse(File.ReadAllBytes(node.CredentialsFile));
        string pair = credentials.RootElement.GetProperty("key").GetString() + ":"
            + credentials.RootElement.GetProperty("secret").GetString();
        HttpClient http = new() { BaseAddress = new Uri("http://" + node.Lrs) };
        http.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(pair)));
        http.DefaultRequestHeaders.Add("X-Experience-API-Version", "1.0.3");
        return http;
    }

    /// <summary>Events as a Caliper sensor sends them.</summary>
    public static string CaliperEnvelope(School school, IEnumerable<byte[]> events) =>
        $$"""
        {"sensor":"https://{{school.Domain}}/sensor","sendTime":"2019-01-01T00:00:00.000Z",
        "dataVersion":"http://purl.imsglobal.org/ctx/caliper/v1p2","data":[{{Join(events)}}]}
        """;

    /// <summary>Posts statements as a list or events in an envelope; answers the ids that the store names.</summary>
    public static async Task<string[]> PostAsync(
        HttpClient http, School school, IEnumerable<byte[]> some, bool isEvents, CancellationToken cancellation)
    {
        string body = isEvents ? CaliperEnvelope(school, some) : $"[{Join(some)}]";
        using StringContent content = new(body, Encoding.UTF8, "application/json");
        using HttpResponseMessage answer = await http.PostAsync(
            isEvents ? "/caliper/events" : "/xAPI/statements", content, cancellation);
        string text = await answer.Content.ReadAsStringAsync(cancellation);
        return answer.StatusCode == HttpStatusCode.OK
            ? JsonSerializer.Deserialize<string[]>(text)!
            : throw new BenchmarkException($"The learning record store answered {(int)answer.StatusCode}: {text}");
    }

    private async Task LoadAsync(
        DevnetNode node, int place, LoadedRecord[] loaded, CancellationToken cancellation)
    {
        using HttpClient http = LrsClient(node);
        int[] own = [.. Enumerable.Range(0, records.Count).Where(record => records[record].Node == place)];
        foreach (bool isEvents in (bool[])[false, true])
        {
            foreach (int[] batch in Batches(own.Where(record => records[record].IsStatement != isEvents)))
            {
                string[] ids = await PostAsync(
                    http, Schools.Founding[place], batch.Select(record => records[record].Json), isEvents,
                    cancellation);
                await NoteAsync(batch, ids, loaded, cancellation);
            }
        }
    }

    private IEnumerable<int[]> Batches(IEnumerable<int> own)
    {
        List<int> batch = [];
        long bytes = 0;
        foreach (int record in own)
        {
            if (batch.Count == BatchMax || (batch.Count > 0 && bytes + records[record].Json.Length > BatchBytesMax))
            {
                yield return [.. batch];
                batch.Clear();
                bytes = 0;
            }

            batch.Add(record);
            bytes += records[record].Json.Length;
        }

        if (batch.Count > 0)
        {
            yield return [.. batch];
        }
    }

    /// <summary>Records with commas between them.</summary>
    public static string Join(IEnumerable<byte[]> some) => string.Join(',', some.Select(Encoding.UTF8.GetString));

    private async Task NoteAsync(int[] batch, string[] ids, LoadedRecord[] loaded, CancellationToken cancellation)
    {
        long acknowledged = Stopwatch.GetTimestamp();
        if (ids.Length != batch.Length)
        {
            throw new BenchmarkException(
                $"The learning record store took {ids.Length} of {batch.Length} records and did not say why.");
        }

        await Task.WhenAll(batch.Select(async (record, at) =>
        {
            RecordView view = await cast.Clients[records[record].Node].GetRecordAsync(ids[at], cancellation);
            loaded[record] = new LoadedRecord(view, acknowledged);
        }));
    }
}
