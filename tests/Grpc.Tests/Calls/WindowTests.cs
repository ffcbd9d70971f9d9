using Google.Protobuf;
using Grpc.Core;
using Grpc.Tests.Hosting;
using Grpc.Tests.Protos;

namespace Grpc.Tests.Calls;

/// <summary>Requests that are larger than what the server has room for at once.</summary>
public sealed class WindowTests
{
    private const int LargeBytes = 3 * 1024 * 1024;
    private const int Rounds = 20_000;
    private const int Frames = 4;

    /// <summary>What a frame of HTTP/2 holds unless both sides have agreed on more.</summary>
    private const int FrameBytes = 16 * 1024;

    [Test]
    public async Task A_request_that_had_to_wait_for_room_arrives_whole_though_nothing_follows_it()
    {
        var reading = new TaskCompletionSource();
        await using var server = await TestServer.StartAsync(new SampleService
        {
            OnTalk = async (requests, answers, context) =>
            {
                await reading.Task;
                while (await requests.MoveNext(context.CancellationToken))
                {
                    await answers.WriteAsync(new Note { Number = requests.Current.Payload.Length });
                }
            },
        });
        using var call = server.CreateClient().Talk();

        var written = call.RequestStream.WriteAsync(
            new Note { Payload = ByteString.CopyFrom(new byte[LargeBytes]) });
        Assert.That(written.IsCompleted, Is.False);
        reading.SetResult();
        await written.WithinLimit("the request was written");

        var isThere = await call.ResponseStream.MoveNext(CancellationToken.None).WithinLimit("the answer came");
        Assert.That(isThere, Is.True);
        Assert.That(call.ResponseStream.Current.Number, Is.EqualTo(LargeBytes));
        await call.RequestStream.CompleteAsync();
    }

    [Test]
    public async Task A_call_that_ends_while_a_request_waits_for_room_ends_the_write()
    {
        var started = new TaskCompletionSource();
        await using var server = await TestServer.StartAsync(new SampleService
        {
            OnTalk = async (_, _, context) =>
            {
                started.SetResult();
                await Task.Delay(Timeout.Infinite, context.CancellationToken);
            },
        });
        using var ending = new CancellationTokenSource();
        using var call = server.CreateClient().Talk(cancellationToken: ending.Token);
        var written = call.RequestStream.WriteAsync(
            new Note { Payload = ByteString.CopyFrom(new byte[LargeBytes]) });
        await started.Task.WithinLimit("the call began");

        await ending.CancelAsync();

        Assert.That((await written.RefusalAsync("the write ended")).StatusCode, Is.EqualTo(StatusCode.Cancelled));
    }

    /// <summary>The last part of a request must not stay in the caller's buffer until something else is sent.</summary>
    [Test]
    public async Task Requests_of_several_frames_arrive_whole_though_nothing_follows_them()
    {
        await using var server = await TestServer.StartAsync(new SampleService
        {
            OnTalk = static async (requests, answers, context) =>
            {
                while (await requests.MoveNext(context.CancellationToken))
                {
                    await answers.WriteAsync(new Note { Number = requests.Current.Payload.Length });
                }
            },
        });
        using var call = server.CreateClient().Talk();
        for (var round = 0; round < Rounds; round++)
        {
            var bytes = FrameBytes + (round % Frames * FrameBytes);
            await call.RequestStream.WriteAsync(new Note { Payload = ByteString.CopyFrom(new byte[bytes]) });
            var isThere = await call.ResponseStream.MoveNext(CancellationToken.None).WithinLimit("the answer came");
            Assert.That(isThere, Is.True);
            Assert.That(call.ResponseStream.Current.Number, Is.EqualTo(bytes));
        }

        await call.RequestStream.CompleteAsync();
    }
}
