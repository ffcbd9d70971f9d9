using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Tests.Hosting;
using Grpc.Tests.Protos;

namespace Grpc.Tests.Calls;

/// <summary>Calls that end early: deadlines, cancellation, limits and lost servers.</summary>
public sealed class EndingTests
{
    [Test]
    public async Task A_deadline_ends_the_call_on_both_sides()
    {
        var cancelled = new TaskCompletionSource<DateTime>();
        await using var server = await TestServer.StartAsync(new SampleService
        {
            OnSingle = async (note, context) =>
            {
                var never = new TaskCompletionSource();
                context.CancellationToken.Register(() => cancelled.TrySetResult(context.Deadline));
                await never.Task.WaitAsync(context.CancellationToken);
                return note;
            },
        });
        var deadline = DateTime.UtcNow.AddMilliseconds(300);

        var refusal = await server.CreateClient().SingleAsync(new Note(), deadline: deadline).ResponseAsync
            .RefusalAsync("a call past its deadline");

        Assert.That(refusal.StatusCode, Is.EqualTo(StatusCode.DeadlineExceeded));
        var seen = await cancelled.Task.WithinLimit("the handler was cancelled");
        Assert.That(seen, Is.EqualTo(deadline).Within(TimeSpan.FromSeconds(5)));
    }

    [Test]
    public async Task A_server_answers_a_late_call_with_the_deadlines_status()
    {
        await using var server = await TestServer.StartAsync(new SampleService
        {
            OnSingle = async (note, context) =>
            {
                var cancelled = new TaskCompletionSource();
                await using var waiting = context.CancellationToken.Register(() => cancelled.SetResult());
                await cancelled.Task;
                return note;
            },
        });

        // The header without a local deadline, so that the status can only be the server's.
        using var http = new HttpClient();
        using var request = RawCall.Create(server.Address, "/ledger.sample.Sample/Single", [0, 0, 0, 0, 0]);
        request.Headers.Add("grpc-timeout", "50m");
        using var answer = await http.SendAsync(request).WithinLimit("the server answered");

        Assert.That(answer.Headers.GetValues("grpc-status"), Is.EqualTo(["4"]));
    }

    [Test]
    public async Task A_deadline_in_the_past_is_not_sent()
    {
        await using var server = await TestServer.StartAsync(new SampleService
        {
            OnSingle = (_, _) => throw new RpcException(new Status(StatusCode.Aborted, "The call arrived.")),
        });

        var refusal = await server.CreateClient()
            .SingleAsync(new Note(), deadline: DateTime.UtcNow.AddSeconds(-1)).ResponseAsync
            .RefusalAsync("a call after its deadline");

        Assert.That(refusal.StatusCode, Is.EqualTo(StatusCode.DeadlineExceeded));
        Assert.Throws<InvalidOperationException>(
            () => server.CreateClient().SingleAsync(new Note(), deadline: new DateTime(2030, 1, 1)));
    }

    [Test]
    public async Task A_handler_sees_that_its_client_cancels()
    {
        var started = new TaskCompletionSource();
        var seen = new TaskCompletionSource();
        await using var server = await TestServer.StartAsync(new SampleService
        {
            OnTalk = async (requests, responses, context) =>
            {
                context.CancellationToken.Register(() => seen.TrySetResult());
                await responses.WriteAsync(new Note());
                started.SetResult();

                // The read may fail before the token is cancelled, which happens only while the handler runs.
                await Assert.CatchAsync(() => requests.MoveNext(context.CancellationToken));
                await seen.Task;
            },
        });
        using var cancellation = new CancellationTokenSource();
        using var call = server.CreateClient().Talk(cancellationToken: cancellation.Token);
        await call.ResponseStream.MoveNext().WithinLimit("the first message came");
        await started.Task.WithinLimit("the handler waits");
        var reading = call.ResponseStream.MoveNext();

        await cancellation.CancelAsync();

        var refusal = await reading.RefusalAsync("a read of a cancelled call");
        Assert.That(refusal.StatusCode, Is.EqualTo(StatusCode.Cancelled));
        await seen.Task.WithinLimit("the handler saw it");
        var write = await call.RequestStream.WriteAsync(new Note()).RefusalAsync("a write to a cancelled call");
        Assert.That(write.StatusCode, Is.EqualTo(StatusCode.Cancelled));
    }

    [Test]
    public async Task Disposing_a_call_cancels_it()
    {
        var seen = new TaskCompletionSource();
        await using var server = await TestServer.StartAsync(new SampleService
        {
            OnDownload = async (_, responses, context) =>
            {
                context.CancellationToken.Register(() => seen.TrySetResult());
                await responses.WriteAsync(new Note());
                await new TaskCompletionSource().Task.WaitAsync(context.CancellationToken);
            },
        });
        var call = server.CreateClient().Download(new Note());
        await call.ResponseStream.MoveNext().WithinLimit("the first message came");

        call.Dispose();

        await seen.Task.WithinLimit("the handler saw it");
        Assert.That(call.GetStatus().StatusCode, Is.EqualTo(StatusCode.Cancelled));
    }

    [Test]
    public async Task Cancelling_throws_the_usual_exception_on_request()
    {
        await using var server = await TestServer.StartAsync(new SampleService
        {
            OnSingle = async (note, context) =>
            {
                await new TaskCompletionSource().Task.WaitAsync(context.CancellationToken);
                return note;
            },
        });
        var client = server.CreateClient(new GrpcChannelOptions { ThrowOperationCanceledOnCancellation = true });
        using var cancellation = new CancellationTokenSource();
        using var call = client.SingleAsync(new Note(), cancellationToken: cancellation.Token);

        await cancellation.CancelAsync();

        await Assert.CatchAsync<OperationCanceledException>(() => call.ResponseAsync);
    }

    [Test]
    public async Task Large_messages_are_refused_on_each_side()
    {
        await using var server = await TestServer.StartAsync(
            new SampleService { OnSingle = (note, _) => Task.FromResult(new Note { Payload = Bytes(note.Number) }) },
            options =>
            {
                options.MaxReceiveMessageSize = 1000;
                options.MaxSendMessageSize = 2000;
            });
        var client = server.CreateClient(new GrpcChannelOptions
        {
            MaxReceiveMessageSize = 1500,
            MaxSendMessageSize = 1200,
        });

        Assert.That(
            (await RefusedAsync(client, new Note { Payload = Bytes(1100) })).Status,
            Is.EqualTo(Exhausted("Received message exceeds the maximum configured message size.")), "server receives");
        Assert.That(
            (await RefusedAsync(client, new Note { Number = 3000 })).Status,
            Is.EqualTo(Exhausted("Sending message exceeds the maximum configured message size.")), "server sends");
        Assert.That(
            (await RefusedAsync(client, new Note { Number = 1800 })).Status,
            Is.EqualTo(Exhausted("Received message exceeds the maximum configured message size.")), "client receives");
        Assert.That(
            (await RefusedAsync(client, new Note { Payload = Bytes(1300) })).Status,
            Is.EqualTo(Exhausted("Sending message exceeds the maximum configured message size.")), "client sends");
        Assert.That((await client.SingleAsync(new Note { Number = 900 })).Payload, Has.Length.EqualTo(900));
    }

    [Test]
    public async Task By_default_4_MB_are_received_and_no_more()
    {
        await using var server = await TestServer.StartAsync(new SampleService
        {
            OnSingle = (note, _) => Task.FromResult(new Note { Number = note.Payload.Length }),
        });
        var client = server.CreateClient();
        var fits = new Note { Payload = Bytes((4 * 1024 * 1024) - 5) };
        Assert.That(fits.CalculateSize(), Is.EqualTo(4 * 1024 * 1024));

        Assert.That((await client.SingleAsync(fits)).Number, Is.EqualTo(fits.Payload.Length));
        var refusal = await RefusedAsync(client, new Note { Payload = Bytes(4 * 1024 * 1024) });
        Assert.That(refusal.StatusCode, Is.EqualTo(StatusCode.ResourceExhausted));
    }

    [Test]
    public async Task Without_a_server_calls_are_unavailable_and_name_the_cause()
    {
        var server = await TestServer.StartAsync(new SampleService());
        var address = server.Address;
        await server.DisposeAsync();
        using var channel = GrpcChannel.ForAddress(address);
        var client = new Sample.SampleClient(channel);

        var single = await RefusedAsync(client, new Note());
        using var talk = client.Talk();
        var write = await talk.RequestStream.WriteAsync(new Note()).RefusalAsync("a write without a server");

        Assert.That(single.StatusCode, Is.EqualTo(StatusCode.Unavailable));
        Assert.That(single.Status.Detail, Does.Contain("refused"));
        Assert.That(write.StatusCode, Is.EqualTo(StatusCode.Unavailable));
    }

    [Test]
    public async Task A_server_that_stops_makes_open_calls_unavailable_or_cancelled()
    {
        await using var server = await TestServer.StartAsync(new SampleService
        {
            OnTalk = async (requests, responses, _) =>
            {
                await responses.WriteAsync(new Note());
                await requests.MoveNext();
            },
        });
        var client = server.CreateClient();
        using var call = client.Talk();
        await call.ResponseStream.MoveNext().WithinLimit("the first message came");

        await server.StopAsync();

        var open = await call.ResponseStream.MoveNext().RefusalAsync("a read from a stopped server");
        Assert.That(
            open.StatusCode,
            Is.AnyOf(StatusCode.Unavailable, StatusCode.Internal, StatusCode.Cancelled, StatusCode.Unknown));
        var next = await RefusedAsync(client, new Note());
        Assert.That(next.StatusCode, Is.EqualTo(StatusCode.Unavailable));
    }

    [Test]
    public async Task Disposing_a_channel_ends_its_calls()
    {
        await using var server = await TestServer.StartAsync(new SampleService
        {
            OnTalk = (requests, _, _) => requests.MoveNext(),
        });
        var channel = server.Connect();
        var client = new Sample.SampleClient(channel);
        var call = client.Talk();

        channel.Dispose();

        Assert.That(call.GetStatus().StatusCode, Is.EqualTo(StatusCode.Cancelled));
        Assert.Throws<ObjectDisposedException>(() => client.SingleAsync(new Note()));
    }

    [Test]
    public async Task A_handler_that_ends_early_does_not_wait_for_the_client()
    {
        await using var server = await TestServer.StartAsync(new SampleService
        {
            OnUpload = (_, _) => throw new RpcException(new Status(StatusCode.PermissionDenied, "not you")),
        });
        using var call = server.CreateClient().Upload();

        var refusal = await call.ResponseAsync.RefusalAsync("an upload that the server does not want");
        var write = await call.RequestStream.WriteAsync(new Note()).RefusalAsync("a write after it");

        Assert.That(refusal.Status, Is.EqualTo(new Status(StatusCode.PermissionDenied, "not you")));
        Assert.That(write.StatusCode, Is.EqualTo(StatusCode.PermissionDenied));
    }

    private static Task<RpcException> RefusedAsync(Sample.SampleClient client, Note note) =>
        client.SingleAsync(note).ResponseAsync.RefusalAsync("a call that must fail");

    private static ByteString Bytes(int count) => ByteString.CopyFrom(new byte[count]);

    private static Status Exhausted(string detail) => new(StatusCode.ResourceExhausted, detail);
}
