using System.Globalization;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Tests.Hosting;
using Grpc.Tests.Protos;
using Ledger.Testing;

namespace Grpc.Tests.Foreign;

/// <summary>Client and server each against another implementation of gRPC, that of Node.js.</summary>
public sealed class ForeignTests
{
    private const string Detail = "100 % schön\n改 \U0001F393";

    [Test]
    public async Task A_foreign_client_is_served()
    {
        var waiting = new TaskCompletionSource();
        var talking = new TaskCompletionSource();
        await using var server = await TestServer.StartAsync(CreateService(waiting, talking));
        var node = await InstallAsync();

        var output = await node.RunAsync("client.js", server.Address.Authority);

        Assert.That(
            output.TrimEnd().Split('\n'),
            Is.EqualTo([
                "ok unary", "ok binary metadata", "ok error statuses", "ok server stream", "ok client stream",
                "ok duplex turn by turn", "ok large message", "ok deadline", "ok cancellation", "ok unknown method",
            ]));
        await waiting.Task.WithinLimit("the server saw the deadline");
        await talking.Task.WithinLimit("the server saw the cancellation");
    }

    [Test]
    public async Task A_foreign_server_is_called_in_all_four_kinds()
    {
        await using var process = (await InstallAsync()).Start("server.js");
        using var channel = await ConnectAsync(process);
        var client = new Sample.SampleClient(channel);
        var large = new Note { Text = "echo", Payload = ByteString.CopyFrom(new byte[3 * 1024 * 1024]) };

        Assert.That((await client.SingleAsync(new Note { Number = 3 })).Number, Is.EqualTo(3));
        Assert.That(await client.SingleAsync(large), Is.EqualTo(large));
        Assert.That(await DownloadAsync(client, 100), Is.EqualTo(Enumerable.Range(0, 100)));
        Assert.That(await DownloadAsync(client, 0), Is.Empty);
        Assert.That(await UploadAsync(client, 100), Is.EqualTo(4950));
        Assert.That(await UploadAsync(client, 0), Is.Zero);
        await TalkAsync(client);
    }

    [Test]
    public async Task A_foreign_server_returns_metadata_and_statuses()
    {
        await using var process = (await InstallAsync()).Start("server.js");
        using var channel = await ConnectAsync(process);
        var client = new Sample.SampleClient(channel);
        for (var length = 0; length <= 5; length++)
        {
            var bytes = Enumerable.Range(250, length).Select(value => (byte)value).ToArray();
            using var call = client.SingleAsync(new Note(), new Metadata { { "x-bin", bytes } });
            await call;
            Assert.That((await call.ResponseHeadersAsync).GetValueBytes("x-bin"), Is.EqualTo(bytes));
            Assert.That(call.GetTrailers().GetValueBytes("x-bin"), Is.EqualTo(bytes));
        }

        foreach (var code in Enum.GetValues<StatusCode>().Where(code => code != StatusCode.OK))
        {
            var refusal = await client.SingleAsync(new Note { Text = "fail", Number = (int)code }).ResponseAsync
                .RefusalAsync($"a call that fails with {code}");
            Assert.That(refusal.Status, Is.EqualTo(new Status(code, Detail)));
            Assert.That(refusal.Trailers.GetValue("reason"), Is.EqualTo("wanted"));
        }
    }

    [Test]
    public async Task A_foreign_server_sees_deadlines_and_cancellation()
    {
        await using var process = (await InstallAsync()).Start("server.js");
        using var channel = await ConnectAsync(process);
        var client = new Sample.SampleClient(channel);

        var late = await client.SingleAsync(new Note { Text = "wait" }, deadline: DateTime.UtcNow.AddMilliseconds(300))
            .ResponseAsync.RefusalAsync("a call past its deadline");
        Assert.That(late.StatusCode, Is.EqualTo(StatusCode.DeadlineExceeded));
        Assert.That(await process.ReadLineAsync(), Is.EqualTo("cancelled"));

        using var cancellation = new CancellationTokenSource();
        using var call = client.Talk(cancellationToken: cancellation.Token);
        await call.RequestStream.WriteAsync(new Note());
        await call.ResponseStream.MoveNext().WithinLimit("the answer came");
        await cancellation.CancelAsync();
        Assert.That(await process.ReadLineAsync(), Is.EqualTo("cancelled"));
    }

    private static Task<ForeignNode> InstallAsync() =>
        ForeignNode.InstallAsync(Path.Combine(AppContext.BaseDirectory, "Foreign"));

    private static async Task<GrpcChannel> ConnectAsync(ForeignProcess process)
    {
        var port = int.Parse(await process.ReadLineAsync(), CultureInfo.InvariantCulture);
        return GrpcChannel.ForAddress(new UriBuilder("http", "127.0.0.1", port).Uri);
    }

    private static async Task<List<int>> DownloadAsync(Sample.SampleClient client, int count)
    {
        using var call = client.Download(new Note { Number = count });
        var numbers = new List<int>();
        await foreach (var note in call.ResponseStream.ReadAllAsync())
        {
            numbers.Add(note.Number);
        }

        return numbers;
    }

    private static async Task<int> UploadAsync(Sample.SampleClient client, int count)
    {
        using var call = client.Upload();
        for (var i = 0; i < count; i++)
        {
            await call.RequestStream.WriteAsync(new Note { Number = i });
        }

        await call.RequestStream.CompleteAsync();
        return (await call).Number;
    }

    private static async Task TalkAsync(Sample.SampleClient client)
    {
        using var call = client.Talk();
        for (var i = 0; i < 10; i++)
        {
            await call.RequestStream.WriteAsync(new Note { Number = i });
            Assert.That(await call.ResponseStream.MoveNext().WithinLimit($"answer {i} came"), Is.True);
            Assert.That(call.ResponseStream.Current.Number, Is.EqualTo(i));
        }

        await call.RequestStream.CompleteAsync();
        Assert.That(await call.ResponseStream.MoveNext().WithinLimit("the stream ended"), Is.False);
    }

    private static SampleService CreateService(TaskCompletionSource waiting, TaskCompletionSource talking) => new()
    {
        OnSingle = (note, context) => AnswerAsync(note, context, waiting),
        OnDownload = async (note, responses, _) =>
        {
            for (var i = 0; i < note.Number; i++)
            {
                await responses.WriteAsync(new Note { Number = i });
            }
        },
        OnUpload = async (requests, _) =>
        {
            var sum = 0;
            await foreach (var note in requests.ReadAllAsync())
            {
                sum += note.Number;
            }

            return new Note { Number = sum };
        },
        OnTalk = async (requests, responses, context) =>
        {
            await foreach (var note in requests.ReadAllAsync(context.CancellationToken))
            {
                await responses.WriteAsync(note);
                if (note.Text == "hold")
                {
                    // Node.js ends its stream before it resets it, so a read would not tell a cancelled call.
                    context.CancellationToken.Register(() => talking.TrySetResult());
                    await new TaskCompletionSource().Task.WaitAsync(context.CancellationToken);
                }
            }
        },
    };

    private static async Task<Note> AnswerAsync(Note note, ServerCallContext context, TaskCompletionSource waiting)
    {
        switch (note.Text)
        {
            case "fail":
                throw new RpcException(
                    new Status((StatusCode)note.Number, Detail), new Metadata { { "reason", "wanted" } });
            case "wait":
                context.CancellationToken.Register(() => waiting.TrySetResult());
                await new TaskCompletionSource().Task.WaitAsync(context.CancellationToken);
                return note;
        }

        var headers = new Metadata();
        foreach (var entry in context.RequestHeaders.Where(entry => entry.Key is "x-bin" or "x-text"))
        {
            headers.Add(entry);
            context.ResponseTrailers.Add(entry);
        }

        await context.WriteResponseHeadersAsync(headers);
        return note;
    }
}
