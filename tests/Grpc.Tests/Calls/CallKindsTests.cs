using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Tests.Hosting;
using Grpc.Tests.Protos;

namespace Grpc.Tests.Calls;

/// <summary>The four kinds of calls, as they go well.</summary>
public sealed class CallKindsTests
{
    [Test]
    public async Task A_unary_call_brings_the_response()
    {
        await using var server = await TestServer.StartAsync(new SampleService
        {
            OnSingle = (note, _) => Task.FromResult(new Note { Number = note.Number + 1, Text = note.Text }),
        });

        var answer = await server.CreateClient().SingleAsync(new Note { Number = 41, Text = "läuft" });

        Assert.That(answer, Is.EqualTo(new Note { Number = 42, Text = "läuft" }));
    }

    [Test]
    public async Task A_blocking_unary_call_brings_the_response()
    {
        await using var server = await TestServer.StartAsync(new SampleService
        {
            OnSingle = (note, _) => Task.FromResult(note),
        });
        var client = server.CreateClient();

        var answer = await Task.Run(() => client.Single(new Note { Number = 7 })).WithinLimit("the answer came");

        Assert.That(answer.Number, Is.EqualTo(7));
    }

    [Test]
    public async Task An_empty_message_is_a_message()
    {
        await using var server = await TestServer.StartAsync(new SampleService
        {
            OnSingle = (_, _) => Task.FromResult(new Note()),
        });

        Assert.That(await server.CreateClient().SingleAsync(new Note()), Is.EqualTo(new Note()));
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(1000)]
    public async Task A_server_stream_brings_its_messages_in_order(int count)
    {
        await using var server = await TestServer.StartAsync(new SampleService
        {
            OnDownload = async (note, responses, _) =>
            {
                for (var i = 0; i < note.Number; i++)
                {
                    await responses.WriteAsync(new Note { Number = i });
                }
            },
        });
        using var call = server.CreateClient().Download(new Note { Number = count });

        var numbers = new List<int>();
        await foreach (var note in call.ResponseStream.ReadAllAsync())
        {
            numbers.Add(note.Number);
        }

        Assert.That(numbers, Is.EqualTo(Enumerable.Range(0, count)));
        Assert.That(call.GetStatus().StatusCode, Is.EqualTo(StatusCode.OK));
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(1000)]
    public async Task A_client_stream_arrives_in_order(int count)
    {
        await using var server = await TestServer.StartAsync(new SampleService
        {
            OnUpload = async (requests, _) =>
            {
                var next = 0;
                await foreach (var note in requests.ReadAllAsync())
                {
                    Assert.That(note.Number, Is.EqualTo(next++));
                }

                return new Note { Number = next };
            },
        });
        using var call = server.CreateClient().Upload();
        for (var i = 0; i < count; i++)
        {
            await call.RequestStream.WriteAsync(new Note { Number = i });
        }

        await call.RequestStream.CompleteAsync();

        Assert.That((await call).Number, Is.EqualTo(count));
    }

    [Test]
    public async Task The_two_streams_of_a_duplex_call_go_turn_by_turn()
    {
        await using var server = await TestServer.StartAsync(new SampleService { OnTalk = EchoAsync });
        using var call = server.CreateClient().Talk();
        for (var i = 0; i < 20; i++)
        {
            await call.RequestStream.WriteAsync(new Note { Number = i });
            Assert.That(await call.ResponseStream.MoveNext().WithinLimit($"answer {i} came"), Is.True);
            Assert.That(call.ResponseStream.Current.Number, Is.EqualTo(i));
        }

        await call.RequestStream.CompleteAsync();

        Assert.That(await call.ResponseStream.MoveNext().WithinLimit("the stream ended"), Is.False);
        Assert.That(await call.ResponseStream.MoveNext().WithinLimit("the stream stayed at its end"), Is.False);
    }

    [Test]
    public async Task A_duplex_call_without_messages_ends_well()
    {
        await using var server = await TestServer.StartAsync(new SampleService { OnTalk = EchoAsync });
        using var call = server.CreateClient().Talk();

        await call.RequestStream.CompleteAsync();

        Assert.That(await call.ResponseStream.MoveNext().WithinLimit("the stream ended"), Is.False);
    }

    [Test]
    public async Task A_server_speaks_before_the_first_message_of_the_client()
    {
        await using var server = await TestServer.StartAsync(new SampleService
        {
            OnTalk = async (requests, responses, context) =>
            {
                await context.WriteResponseHeadersAsync(new Metadata { { "greeting", "hello" } });
                await responses.WriteAsync(new Note { Text = "first" });
                await requests.MoveNext();
            },
        });
        using var call = server.CreateClient().Talk();

        var headers = await call.ResponseHeadersAsync.WithinLimit("headers came before any request");
        Assert.That(headers.GetValue("greeting"), Is.EqualTo("hello"));
        Assert.That(await call.ResponseStream.MoveNext().WithinLimit("the first message came"), Is.True);
        Assert.That(call.ResponseStream.Current.Text, Is.EqualTo("first"));
        await call.RequestStream.CompleteAsync();
    }

    [Test]
    public async Task A_message_of_3_MB_goes_both_ways()
    {
        await using var server = await TestServer.StartAsync(new SampleService
        {
            OnSingle = (note, _) => Task.FromResult(note),
            OnTalk = EchoAsync,
        });
        var client = server.CreateClient();
        var payload = new byte[3 * 1024 * 1024];
        new Random(1).NextBytes(payload);
        var note = new Note { Payload = ByteString.CopyFrom(payload) };

        Assert.That(await client.SingleAsync(note), Is.EqualTo(note));
        using var call = client.Talk();
        await call.RequestStream.WriteAsync(note).WithinLimit("the message was sent");
        await call.ResponseStream.MoveNext().WithinLimit("the message came back");
        Assert.That(call.ResponseStream.Current, Is.EqualTo(note));
    }

    [Test]
    public async Task A_hundred_calls_share_a_connection()
    {
        var all = new TaskCompletionSource();
        var arrived = 0;
        await using var server = await TestServer.StartAsync(new SampleService
        {
            OnSingle = async (note, context) =>
            {
                if (Interlocked.Increment(ref arrived) == 100)
                {
                    all.SetResult();
                }

                await all.Task.WaitAsync(context.CancellationToken);
                return new Note { Number = note.Number, Text = context.Peer };
            },
        });
        using var oneConnection = new SocketsHttpHandler { EnableMultipleHttp2Connections = false };
        var client = server.CreateClient(new GrpcChannelOptions { HttpHandler = oneConnection });

        var answers = await Task.WhenAll(Enumerable.Range(0, 100)
            .Select(i => client.SingleAsync(new Note { Number = i }).ResponseAsync)).WithinLimit("all calls met");

        Assert.That(answers.Select(answer => answer.Number), Is.EqualTo(Enumerable.Range(0, 100)));
        Assert.That(answers.Select(answer => answer.Text).Distinct().Count(), Is.EqualTo(1));
    }

    [Test]
    public async Task Writes_and_reads_at_the_same_time_on_one_stream_are_wrong_use()
    {
        var released = new TaskCompletionSource();
        Exception? second = null;
        await using var server = await TestServer.StartAsync(new SampleService
        {
            OnTalk = async (requests, responses, _) =>
            {
                var reading = requests.MoveNext();
                second = await Assert.ThrowsAsync<InvalidOperationException>(() => requests.MoveNext());
                released.SetResult();
                await reading;
                await responses.WriteAsync(new Note());
            },
        });
        using var call = server.CreateClient().Talk();

        var first = call.ResponseStream.MoveNext();
        await Assert.ThrowsAsync<InvalidOperationException>(() => call.ResponseStream.MoveNext());
        await released.Task.WithinLimit("the handler tried to read twice");
        await call.RequestStream.CompleteAsync();
        await Assert.ThrowsAsync<InvalidOperationException>(() => call.RequestStream.WriteAsync(new Note()));

        Assert.That(await first.WithinLimit("the message came"), Is.True);
        Assert.That(second, Is.Not.Null);
    }

    [Test]
    public async Task A_handler_that_has_returned_cannot_write()
    {
        IServerStreamWriter<Note>? kept = null;
        await using var server = await TestServer.StartAsync(new SampleService
        {
            OnDownload = (_, responses, _) =>
            {
                kept = responses;
                return Task.CompletedTask;
            },
        });
        using var call = server.CreateClient().Download(new Note());
        await call.ResponseStream.MoveNext().WithinLimit("the stream ended");

        await Assert.ThrowsAsync<InvalidOperationException>(() => kept!.WriteAsync(new Note()));
    }

    private static async Task EchoAsync(
        IAsyncStreamReader<Note> requests,
        IServerStreamWriter<Note> responses,
        ServerCallContext context)
    {
        await foreach (var note in requests.ReadAllAsync(context.CancellationToken))
        {
            await responses.WriteAsync(note, context.CancellationToken);
        }
    }
}
