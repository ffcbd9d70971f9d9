using Grpc.Core;
using Grpc.Tests.Hosting;
using Grpc.Tests.Protos;

namespace Grpc.Tests.Calls;

/// <summary>How calls end: codes, texts and metadata.</summary>
public sealed class StatusTests
{
    private const string Detail = "100 % schön\n改 \u0001 \U0001F393 %41";

    [Test]
    public async Task Every_code_comes_through_with_its_text([Values] StatusCode code)
    {
        await using var server = await TestServer.StartAsync(new SampleService
        {
            OnSingle = (_, _) => throw new RpcException(new Status(code, Detail)),
            OnDownload = async (_, responses, _) =>
            {
                await responses.WriteAsync(new Note());
                throw new RpcException(new Status(code, Detail));
            },
        });
        var client = server.CreateClient();
        using var download = client.Download(new Note());
        await download.ResponseStream.MoveNext().WithinLimit("the first message came");
        if (code == StatusCode.OK)
        {
            Assert.That(await download.ResponseStream.MoveNext().WithinLimit("the stream ended"), Is.False);
            Assert.That(download.GetStatus().Detail, Is.EqualTo(Detail));
            return;
        }

        var behindMessages = await download.ResponseStream.MoveNext().RefusalAsync("a stream with an error");
        var trailersOnly = await client.SingleAsync(new Note()).ResponseAsync.RefusalAsync("a call with an error");

        Assert.That(behindMessages.Status, Is.EqualTo(new Status(code, Detail)));
        Assert.That(trailersOnly.Status, Is.EqualTo(new Status(code, Detail)));
        Assert.That(download.GetStatus().StatusCode, Is.EqualTo(code));
    }

    [Test]
    public async Task A_status_set_on_the_context_is_the_outcome()
    {
        await using var server = await TestServer.StartAsync(new SampleService
        {
            OnSingle = (note, context) =>
            {
                context.Status = new Status(StatusCode.NotFound, "set");
                return Task.FromResult(note);
            },
        });

        var refusal = await server.CreateClient().SingleAsync(new Note()).ResponseAsync.RefusalAsync("a set status");

        Assert.That(refusal.Status, Is.EqualTo(new Status(StatusCode.NotFound, "set")));
    }

    [Test]
    public async Task Metadata_of_bytes_keeps_every_length([Range(0, 5)] int length)
    {
        var bytes = Enumerable.Range(250, length).Select(value => (byte)value).ToArray();
        byte[]? seen = null;
        await using var server = await TestServer.StartAsync(new SampleService
        {
            OnSingle = async (note, context) =>
            {
                seen = context.RequestHeaders.GetValueBytes("key-bin");
                await context.WriteResponseHeadersAsync(new Metadata { { "key-bin", bytes } });
                context.ResponseTrailers.Add("end-bin", bytes);
                return note;
            },
        });
        using var call = server.CreateClient().SingleAsync(new Note(), new Metadata { { "key-bin", bytes } });
        await call;

        Assert.That(seen, Is.EqualTo(bytes));
        Assert.That((await call.ResponseHeadersAsync).GetValueBytes("key-bin"), Is.EqualTo(bytes));
        Assert.That(call.GetTrailers().GetValueBytes("end-bin"), Is.EqualTo(bytes));
    }

    [Test]
    public async Task Metadata_keeps_repeated_keys_and_hides_the_protocols_own()
    {
        string[]? seen = null;
        await using var server = await TestServer.StartAsync(new SampleService
        {
            OnSingle = (note, context) =>
            {
                seen = [.. context.RequestHeaders.Select(entry => entry.Key)];
                context.ResponseTrailers.Add("many", "one");
                context.ResponseTrailers.Add("many", "two, three");
                return Task.FromResult(note);
            },
        });
        using var call = server.CreateClient().SingleAsync(
            new Note(), new Metadata { { "Own", "value" } }, DateTime.UtcNow.AddMinutes(1));
        await call;

        Assert.That(call.GetTrailers().GetAll("many").Select(entry => entry.Value), Is.EqualTo(["one", "two, three"]));
        Assert.That(call.GetTrailers(), Has.Count.EqualTo(2));
        Assert.That(seen, Does.Contain("own"));
        Assert.That(seen, Has.None.StartsWith("grpc-").And.None.StartsWith(":"));
    }

    [Test]
    public async Task Trailers_of_an_exception_arrive_without_messages()
    {
        await using var server = await TestServer.StartAsync(new SampleService
        {
            OnSingle = (_, _) => throw new RpcException(
                new Status(StatusCode.Aborted, "no"), new Metadata { { "reason", "busy" }, { "id-bin", [1] } }),
        });
        using var call = server.CreateClient().SingleAsync(new Note());

        var refusal = await call.ResponseAsync.RefusalAsync("a call with trailers");

        Assert.That(refusal.Trailers.GetValue("reason"), Is.EqualTo("busy"));
        Assert.That(refusal.Trailers.GetValueBytes("id-bin"), Is.EqualTo(new byte[] { 1 }));
        Assert.That(await call.ResponseHeadersAsync, Is.Empty);
        Assert.That(call.GetTrailers(), Is.EqualTo(refusal.Trailers));
    }

    [TestCase(true, "Exception was thrown by handler. ArithmeticException: secret")]
    [TestCase(false, "Exception was thrown by handler.")]
    public async Task An_exception_of_a_handler_is_told_only_on_request(bool isDetailed, string detail)
    {
        await using var server = await TestServer.StartAsync(
            new SampleService { OnSingle = (_, _) => throw new ArithmeticException("secret") },
            options => options.EnableDetailedErrors = isDetailed);

        var refusal = await server.CreateClient().SingleAsync(new Note()).ResponseAsync
            .RefusalAsync("a handler that throws");

        Assert.That(refusal.Status, Is.EqualTo(new Status(StatusCode.Unknown, detail)));
    }

    [Test]
    public async Task A_method_without_a_handler_is_unimplemented()
    {
        await using var server = await TestServer.StartAsync(new SampleService());

        var refusal = await server.CreateClient().SingleAsync(new Note()).ResponseAsync
            .RefusalAsync("a method without a handler");

        Assert.That(refusal.StatusCode, Is.EqualTo(StatusCode.Unimplemented));
    }

    [Test]
    public async Task Unsendable_metadata_is_an_error_that_says_so()
    {
        await using var server = await TestServer.StartAsync(new SampleService
        {
            OnSingle = (note, context) =>
            {
                context.ResponseTrailers.Add("name", "Zoë");
                return Task.FromResult(note);
            },
        });
        var client = server.CreateClient();

        var ofServer = await client.SingleAsync(new Note()).ResponseAsync.RefusalAsync("trailers that are not ASCII");

        Assert.That(ofServer.StatusCode, Is.EqualTo(StatusCode.Internal));
        Assert.That(ofServer.Status.Detail, Does.Contain("'name'").And.Contain("-bin"));
    }

    [Test]
    public async Task Status_and_trailers_are_known_only_at_the_end()
    {
        await using var server = await TestServer.StartAsync(new SampleService
        {
            OnTalk = (requests, _, _) => requests.MoveNext(),
        });
        using var call = server.CreateClient().Talk();

        Assert.Throws<InvalidOperationException>(() => call.GetStatus());
        Assert.Throws<InvalidOperationException>(() => call.GetTrailers());
    }
}
