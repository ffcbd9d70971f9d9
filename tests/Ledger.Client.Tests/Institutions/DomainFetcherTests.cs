using System.Net;
using System.Net.Sockets;
using Ledger.Client.Institutions;
using Microsoft.AspNetCore.Http;

namespace Ledger.Client.Tests.Institutions;

/// <summary>What is fetched from domains, how much of it, and what is said when it fails.</summary>
public sealed class DomainFetcherTests
{
    [Test]
    public async Task A_file_comes_from_the_well_known_path()
    {
        await using DomainServer server = await DomainServer.StartAsync(
            context => context.Response.WriteAsync(context.Request.Path));
        using DomainFetcher fetcher = server.Fetcher();
        byte[] bytes = await fetcher.FetchAsync("a.example", CancellationToken.None);
        Assert.That(System.Text.Encoding.UTF8.GetString(bytes), Is.EqualTo("/.well-known/learning-ledger.json"));
    }

    [Test]
    public async Task As_many_bytes_as_allowed_are_taken_and_one_more_is_refused()
    {
        int count = DomainFile.FileBytesMax;
        await using DomainServer server = await DomainServer.StartAsync(
            context => context.Response.Body.WriteAsync(new byte[count]).AsTask());
        using DomainFetcher fetcher = server.Fetcher();
        Assert.That(await fetcher.FetchAsync("a.example", CancellationToken.None), Has.Length.EqualTo(count));
        count++;
        await ExpectAsync(fetcher, "no domain file");
    }

    [Test]
    public async Task An_endless_answer_is_cut_off()
    {
        await using DomainServer server = await DomainServer.StartAsync(async context =>
        {
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.Body.WriteAsync(new byte[4096], context.RequestAborted);
            }
        });
        using DomainFetcher fetcher = server.Fetcher();
        await ExpectAsync(fetcher, "more than");
    }

    [TestCase(404, "publish-domain-file")]
    [TestCase(302, "Redirects are not followed")]
    [TestCase(500, "500")]
    public async Task An_answer_that_is_no_file_says_what_to_do(int status, string says)
    {
        await using DomainServer server = await DomainServer.StartAsync(context =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.Location = "https://elsewhere.example/";
            return Task.CompletedTask;
        });
        using DomainFetcher fetcher = server.Fetcher();
        await ExpectAsync(fetcher, says);
    }

    [Test]
    public async Task A_server_that_says_nothing_is_left_after_the_time()
    {
        await using DomainServer server = await DomainServer.StartAsync(
            context => Task.Delay(Timeout.Infinite, context.RequestAborted));
        using DomainFetcher fetcher = server.Fetcher(TimeSpan.FromMilliseconds(200));
        await ExpectAsync(fetcher, "did not answer within");
    }

    [Test]
    public async Task A_server_that_is_not_there_is_told_from_one_that_refuses()
    {
        using TcpListener unused = new(IPAddress.Loopback, 0);
        unused.Start();
        int port = ((IPEndPoint)unused.LocalEndpoint).Port;
        unused.Stop();
        using DomainFetcher fetcher = new(_ => new Uri($"http://127.0.0.1:{port}/"), TimeSpan.FromSeconds(30));
        await ExpectAsync(fetcher, "was not reached");
    }

    [Test]
    public async Task A_user_who_interrupts_is_not_told_of_the_server()
    {
        await using DomainServer server = await DomainServer.StartAsync(
            context => Task.Delay(Timeout.Infinite, context.RequestAborted));
        using DomainFetcher fetcher = server.Fetcher();
        using CancellationTokenSource interrupted = new();
        await interrupted.CancelAsync();
        Assert.That(
            async () => await fetcher.FetchAsync("a.example", interrupted.Token),
            Throws.InstanceOf<OperationCanceledException>());
    }

    private static async Task ExpectAsync(DomainFetcher fetcher, string says)
    {
        try
        {
            await fetcher.FetchAsync("a.example", CancellationToken.None);
            Assert.Fail("It was fetched.");
        }
        catch (DomainFetchException failure)
        {
            Assert.That(failure.Message, Does.Contain(says));
        }
    }
}
