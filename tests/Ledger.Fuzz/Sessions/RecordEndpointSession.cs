using System.Net.Http.Headers;
using System.Text;
using Ledger.Node.Records;
using Ledger.Node.Sealing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace Ledger.Fuzz;

/// <summary>
/// Statements sent to the endpoint of a record store over HTTP: whatever they are, they are taken or refused, and the
/// server never says that it failed.
/// </summary>
internal sealed class RecordEndpointSession : IFuzzSession
{
    /// <summary>A new store after so many records: the disk that holds it may be memory.</summary>
    private const int RecordsMax = 5_000;

    private readonly string folder = FileSession.NewFolder();
    private readonly string keyFolder = FileSession.NewFolder();
    private readonly RecordsKey secret = new(new byte[RecordsKey.Size]);
    private readonly PersonKeys keys;
    private readonly HttpClient client = new();
    private RecordStore store;
    private WebApplication server;
    private int records;

    private readonly Func<byte[], HttpRequestMessage> make;

    /// <summary>Sends what is made of an input; its address is relative to the server.</summary>
    public RecordEndpointSession(Func<byte[], HttpRequestMessage> make)
    {
        this.make = make;
        client.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes("fuzz:fuzz")));
        keys = new PersonKeys(Path.Combine(keyFolder, PersonKeys.FileName), secret);
        (store, server) = Start();
    }

    public bool Take(byte[] input)
    {
        if (records > RecordsMax)
        {
            Stop();
            (store, server) = Start();
            records = 0;
        }

        using HttpRequestMessage request = make(input);
        request.RequestUri = new Uri(new Uri(server.Urls.Single()), request.RequestUri!);
        using HttpResponseMessage answer = client.Send(request);
        FuzzViolation.Unless((int)answer.StatusCode < 500, $"the server answers {(int)answer.StatusCode}");
        records += answer.IsSuccessStatusCode ? 1 : 0;
        return answer.IsSuccessStatusCode;
    }

    /// <summary>A request that brings statements in some form.</summary>
    public static HttpRequestMessage Post(byte[] input, string address, string type, string version)
    {
        ByteArrayContent content = new(input);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        HttpRequestMessage request =
            new(HttpMethod.Post, new Uri(address, UriKind.Relative)) { Content = content };
        request.Headers.Add(XapiVersions.Header, version);
        return request;
    }

    public void Dispose()
    {
        Stop();
        client.Dispose();
        keys.Dispose();
        secret.Dispose();
        Directory.Delete(folder, recursive: true);
        Directory.Delete(keyFolder, recursive: true);
    }

    private (RecordStore Store, WebApplication Server) Start()
    {
        RecordStore opened = new(
            Path.Combine(folder, "records.db"), keys, new LocatorKey(1, new byte[LocatorKey.Size]),
            FixedClock.AtStart);
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        WebApplication started = builder.Build();
        // A rate that is too high would be answered before anything is read.
        XapiOptions options =
            new([new XapiCredential("fuzz", "fuzz") { IsUnlimited = true }], "https://ledger.example.org");
        started.MapXapi(opened, options, static _ => true, FixedClock.AtStart);
        started.StartAsync().GetAwaiter().GetResult();
        return (opened, started);
    }

    private void Stop()
    {
        server.StopAsync().GetAwaiter().GetResult();
        server.DisposeAsync().AsTask().GetAwaiter().GetResult();
        store.Dispose();
        foreach (string file in Directory.GetFiles(folder))
        {
            File.Delete(file);
        }
    }
}
