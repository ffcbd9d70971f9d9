using System.Text;
using System.Text.Json.Nodes;
using Ledger.Node.Records;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Ledger.Node.Tests.Records;

/// <summary>The endpoints on a real server at a free port, with a store of their own.</summary>
internal sealed class RecordServer : IAsyncDisposable
{
    public const string VersionHeader = "X-Experience-API-Version";

    private readonly WebApplication application;
    private readonly StoreFolder folder;

    private RecordServer(WebApplication application, StoreFolder folder, RecordStore store)
    {
        this.application = application;
        this.folder = folder;
        Store = store;
        Address = new Uri(application.Urls.Single());
        Client = new HttpClient { BaseAddress = Address };
        Client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", Credentials);
        Client.DefaultRequestHeaders.Add(VersionHeader, "1.0.3");
    }

    public static string Credentials => As("moodle", "secret").Value!;

    /// <summary>Tools with different scopes, and one without limits.</summary>
    public static XapiOptions Options { get; } = new(
        [
            new("bookroll", "other"), new("moodle", "secret"),
            new("writer", "w") { Scopes = XapiScopes.StatementsWrite | XapiScopes.StatementsReadMine },
            new("reader", "r") { Scopes = XapiScopes.AllRead },
            new("importer", "i") { IsUnlimited = true },
        ],
        "https://ledger.example.org");

    public RecordStore Store { get; }

    /// <summary>The addresses that are answered.</summary>
    public IEnumerable<string> Routes => ((IEndpointRouteBuilder)application).DataSources
        .SelectMany(static source => source.Endpoints)
        .OfType<RouteEndpoint>()
        .Select(static endpoint => endpoint.RoutePattern.RawText!)
        .Distinct();

    public Uri Address { get; }

    public HttpClient Client { get; }

    public ManualClock Clock => folder.Clock;

    public static Task<RecordServer> StartAsync() => StartAsync(static _ => true);

    /// <summary>Takes in records of accounts that may be stored.</summary>
    public static Task<RecordServer> StartAsync(Func<string, bool> mayStore) => StartAsync(mayStore, XapiVersion.V1);

    /// <summary>The same, with the version that is answered where a request names none.</summary>
    public static Task<RecordServer> StartAsync(Func<string, bool> mayStore, XapiVersion assumed) =>
        StartAsync(mayStore, Options with { AssumedVersion = assumed }, static _ => { });

    /// <summary>The same, with options that begin with <see cref="Options"/>.</summary>
    public static Task<RecordServer> StartAsync(XapiOptions options) =>
        StartAsync(static _ => true, options, static _ => { });

    /// <summary>The same, with a log.</summary>
    public static async Task<RecordServer> StartAsync(
        Func<string, bool> mayStore, XapiOptions options, Action<ILoggingBuilder> logTo)
    {
        StoreFolder folder = new();
        RecordStore store = folder.Open();
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        logTo(builder.Logging);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        RecordCors.Add(builder.Services);
        WebApplication application = builder.Build();
        application.UseRouting();
        RecordCors.Use(application, options.Origins);
        application.MapXapi(store, options, mayStore, folder.Clock);
        await application.StartAsync();
        return new RecordServer(application, folder, store);
    }

    /// <summary>The header of a tool with this name and secret.</summary>
    public static (string Name, string? Value) As(string key, string secret) =>
        ("Authorization", "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{key}:{secret}")));

    public static HttpContent Json(JsonNode body) =>
        new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");

    public Task<HttpResponseMessage> GetAsync(string address) => Client.GetAsync(address);

    public Task<HttpResponseMessage> PostAsync(string address, JsonNode body) => Client.PostAsync(address, Json(body));

    public Task<HttpResponseMessage> SendAsync(HttpMethod method, string address, HttpContent content) =>
        Client.SendAsync(new HttpRequestMessage(method, address) { Content = content });

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await application.StopAsync();
        await application.DisposeAsync();
        Store.Dispose();
        folder.Dispose();
    }
}
