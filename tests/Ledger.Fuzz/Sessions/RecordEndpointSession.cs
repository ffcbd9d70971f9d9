using System.Net.Http.Headers;
using System.Text;
using Ledger.Node.Records;
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
    private readonly HttpClient client = new();
    private RecordStore store;
    private WebApplication server;
    private int records;

    public RecordEndpointSession()
    {
        client.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes("fuzz:fuzz")));
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

        using ByteArrayContent content = new(input);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using HttpRequestMessage request =
            new(HttpMethod.Post, server.Urls.Single() + "/xAPI/statements") { Content = content };
        request.Headers.Add(XapiVersions.Header, input.Length % 2 == 0 ? "1.0.3" : "2.0.0");
        using HttpResponseMessage answer = client.Send(request);
        FuzzViolation.Unless((int)answer.StatusCode < 500, $"the server answers {(int)answer.StatusCode}");
        records += answer.IsSuccessStatusCode ? 1 : 0;
        return answer.IsSuccessStatusCode;
    }

    public void Dispose()
    {
        Stop();
        client.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private (RecordStore Store, WebApplication Server) Start()
    {
        RecordStore opened = new(
            Path.Combine(folder, "records.db"), new LocatorKey(1, new byte[LocatorKey.Size]), FixedClock.AtStart);
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        WebApplication started = builder.Build();
        XapiOptions options = new([new XapiCredential("fuzz", "fuzz")], "https://ledger.example.org");
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
