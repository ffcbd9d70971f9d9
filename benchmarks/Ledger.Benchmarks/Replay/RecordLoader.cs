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
/// Brings the sample's records to the schools' learning record stores over HTTP, as learning tools do, and asks each
/// store for the commitments and locators.
/// </summary>
public sealed class RecordLoader(Cast cast, PaperSample sample)
{
    /// <summary>Statements of one request.</summary>
    private const int BatchMax = 50;

    /// <summary>Posts every record; answers one loaded record each, in the sample's order.</summary>
    public async Task<LoadedRecord[]> LoadAsync(CancellationToken cancellation)
    {
        LoadedRecord[] loaded = new LoadedRecord[sample.Records.Count];
        await Task.WhenAll(Schools.Founding.Select(school => LoadAsync(school, loaded, cancellation)));
        return loaded;
    }

    private async Task LoadAsync(School school, LoadedRecord[] loaded, CancellationToken cancellation)
    {
        DevnetNode node = cast.Nodes[school.Index];
        using HttpClient http = LrsClient(node);
        int[] places = [.. Enumerable.Range(0, sample.Records.Count)
            .Where(place => sample.Records[place].SchoolIndex == school.Index)];
        foreach (int[] batch in places.Where(IsXapi).Chunk(BatchMax))
        {
            string statements = $"[{Join(batch.Select(place => sample.Records[place].ToJson()))}]";
            await PostAsync(http, "/xAPI/statements", statements, cancellation);
            await NoteAsync(batch, loaded, cancellation);
        }

        foreach (int[] batch in places.Where(place => !IsXapi(place)).Chunk(BatchMax))
        {
            string envelope = CaliperEnvelope(school, batch.Select(place => sample.Records[place].ToJson()));
            await PostAsync(http, "/caliper/events", envelope, cancellation);
            await NoteAsync(batch, loaded, cancellation);
        }
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

    private bool IsXapi(int place) => sample.Records[place].Tool != LearningTool.Caliper;

    /// <summary>Events as a Caliper sensor sends them.</summary>
    public static string CaliperEnvelope(School school, IEnumerable<byte[]> events) =>
        $$"""
        {"sensor":"https://{{school.Domain}}/sensor","sendTime":"2019-01-01T00:00:00.000Z",
        "dataVersion":"http://purl.imsglobal.org/ctx/caliper/v1p2","data":[{{Join(events)}}]}
        """;

    private static string Join(IEnumerable<byte[]> records) =>
        string.Join(',', records.Select(Encoding.UTF8.GetString));

    private static async Task PostAsync(HttpClient http, string path, string body, CancellationToken cancellation)
    {
        using StringContent content = new(body, Encoding.UTF8, "application/json");
        using HttpResponseMessage answer = await http.PostAsync(path, content, cancellation);
        if (answer.StatusCode is not (HttpStatusCode.OK or HttpStatusCode.NoContent))
        {
            throw new BenchmarkException(
                $"The learning record store answered {(int)answer.StatusCode}: "
                + await answer.Content.ReadAsStringAsync(cancellation));
        }
    }

    private async Task NoteAsync(int[] batch, LoadedRecord[] loaded, CancellationToken cancellation)
    {
        long acknowledged = Stopwatch.GetTimestamp();
        foreach (int place in batch)
        {
            string id = IsXapi(place)
                ? sample.Records[place].Id.ToString("D")
                : "urn:uuid:" + sample.Records[place].Id.ToString("D");
            RecordView view = await cast.Clients[sample.Records[place].SchoolIndex].GetRecordAsync(id, cancellation);
            loaded[place] = new LoadedRecord(view, acknowledged);
        }
    }
}
