using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Ledger.Node.Tests.Records.Connectors;

/// <summary>
/// A server of somebody else, on real HTTP at a free port, that can break a request off before or after its work, and
/// that can be killed and started again at the same address.
/// </summary>
internal sealed class FakeServer : IAsyncDisposable
{
    private readonly Func<HttpContext, Task> work;
    private WebApplication application;
    private int requests;

    private FakeServer(Func<HttpContext, Task> work)
    {
        this.work = work;
        application = Build("http://127.0.0.1:0");
    }

    /// <summary>What happens to the request of that number, from 1 on.</summary>
    public Func<int, Fault> FaultOf { get; set; } = static _ => Fault.None;

    public string Address { get; private set; } = "";

    public int Requests => Volatile.Read(ref requests);

    public static async Task<FakeServer> StartAsync(Func<HttpContext, Task> work)
    {
        FakeServer server = new(work);
        await server.application.StartAsync();
        server.Address = server.application.Urls.Single();
        return server;
    }

    public async Task KillAsync()
    {
        await application.StopAsync(new CancellationToken(canceled: true));
        await application.DisposeAsync();
    }

    public async Task RestartAsync()
    {
        application = Build(Address);
        await application.StartAsync();
    }

    public async ValueTask DisposeAsync() => await KillAsync();

    private WebApplication Build(string address)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(address);
        WebApplication built = builder.Build();
        built.Run(AnswerAsync);
        return built;
    }

    private async Task AnswerAsync(HttpContext context)
    {
        Fault fault = FaultOf(Interlocked.Increment(ref requests));
        switch (fault)
        {
            case Fault.None:
                await work(context);
                break;
            case Fault.BreakBefore:
                context.Abort();
                break;
            case Fault.BreakAfter:
                context.Response.Body = Stream.Null;
                await work(context);
                context.Abort();
                break;
            case Fault.Busy:
                context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(context));
        }
    }
}
