using System.Buffers.Binary;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Grpc.Core;
using Grpc.Net.Client;
using Ledger.Node.Hosting;
using Ledger.Node.Peers;
using Ledger.Node.Protos;

namespace Ledger.Node.Tests.Hosting;

/// <summary>The peer port over real sockets, and callers that prove nothing.</summary>
[Parallelizable(ParallelScope.Children)]
public sealed class PeerServerTests
{
    private const string Hello = "/ledger.peer.v1.Peer/Hello";
    private const string Deliver = "/ledger.peer.v1.Peer/Deliver";
    private const int Mebibyte = 1024 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    [Test]
    public async Task A_caller_that_does_not_finish_its_headers_is_closed()
    {
        await using PeerBench bench = await PeerBench.StartAsync();
        using TlsIdentity stranger = PeerBench.NewTls();
        await using RawHttp2 caller = await RawHttp2.ConnectAsync(bench.EndPoint, stranger);

        long began = Stopwatch.GetTimestamp();
        await caller.BeginAsync(1, Hello, whole: false);

        await caller.Closed.WaitAsync(Patience);
        TestContext.Out.WriteLine($"closed after {Stopwatch.GetElapsedTime(began).TotalSeconds:F1} s");
        await bench.RequireOpenAsync(Patience);
    }

    [Test]
    public async Task A_greeting_that_does_not_arrive_whole_is_ended()
    {
        await using PeerBench bench = await PeerBench.StartAsync();
        using TlsIdentity stranger = PeerBench.NewTls();
        await using RawHttp2 caller = await RawHttp2.ConnectAsync(bench.EndPoint, stranger);

        await caller.BeginAsync(1, Hello, whole: true);
        await caller.SendPartAsync(1, announced: 4000, sent: 3000);

        Assert.That(await NextAsync(caller), Is.EqualTo((RawHttp2.Headers, 1)), "answered before its end");
        await bench.RequireOpenAsync(Patience);
    }

    [Test]
    public async Task A_caller_that_says_nothing_is_closed_and_a_validator_may_rest()
    {
        await using PeerBench bench = await PeerBench.StartAsync();
        using TlsIdentity stranger = PeerBench.NewTls();
        await using RawHttp2 silent = await RawHttp2.ConnectAsync(bench.EndPoint, stranger);
        using GrpcChannel channel = bench.CallAsValidator();
        Peer.PeerClient client = new(channel);
        await client.HelloAsync(bench.Greeting());
        using AsyncClientStreamingCall<Frame, DeliverReply> call = client.Deliver();
        await call.RequestStream.WriteAsync(new Frame { BlockRequest = new BlockRequest() });
        await bench.Heard.ReadAsync().AsTask().WaitAsync(Patience);

        // Longer than a stranger may be silent, and than a request may fall below the lowest data rate.
        await silent.Closed.WaitAsync(Patience);
        await call.RequestStream.WriteAsync(new Frame { BlockRequest = new BlockRequest() });
        await bench.Heard.ReadAsync().AsTask().WaitAsync(Patience);
        Assert.That(bench.Gate.Strangers, Is.Zero);
    }

    [Test]
    public async Task Hundreds_of_silent_connections_do_not_keep_a_validator_out()
    {
        await using PeerBench bench = await PeerBench.StartAsync();
        List<TcpClient> silent = [];
        for (int place = 0; place < 300; place++)
        {
            TcpClient caller = new();
            await caller.ConnectAsync(bench.EndPoint);
            silent.Add(caller);
        }

        await bench.RequireOpenAsync(Patience);

        Assert.That(bench.Gate.Strangers, Is.LessThanOrEqualTo(PeerGate.StrangersOfNetworkMax));
        silent.ForEach(caller => caller.Dispose());
    }

    [Test]
    [NonParallelizable]
    public async Task Half_sent_greetings_of_megabytes_cost_no_memory()
    {
        const int Connections = 16;
        const int Calls = 32;
        await using PeerBench bench = await PeerBench.StartAsync();
        using TlsIdentity stranger = PeerBench.NewTls();
        await bench.RequireOpenAsync(Patience);
        using CancellationTokenSource over = new();
        long before = GC.GetTotalMemory(forceFullCollection: true);
        HttpMessageInvoker[] callers =
            [.. Enumerable.Range(0, Connections).Select(_ => new HttpMessageInvoker(PeerBench.HandlerOf(stranger)))];
        Task[] calls = [.. callers.SelectMany(caller => Enumerable.Range(0, Calls)
            .Select(_ => HalfSendAsync(bench.EndPoint, caller, over.Token)))];

        // Each call has sent its megabyte and rests, or was answered before.
        await Task.WhenAll(calls).WaitAsync(Patience);
        long kept = GC.GetTotalMemory(forceFullCollection: true) - before;
        await over.CancelAsync();
        Array.ForEach(callers, caller => caller.Dispose());

        TestContext.Out.WriteLine(
            $"{Connections * Calls} half-sent greetings of 1 MiB each: {kept / (double)Mebibyte:F1} MiB kept, "
            + $"{Environment.WorkingSet / Mebibyte} MiB resident with the test");
        Assert.That(kept, Is.LessThan(64L * Mebibyte));
        await bench.RequireOpenAsync(Patience);
    }

    [Test]
    public async Task Streams_beyond_the_few_that_a_peer_needs_are_refused()
    {
        const int Streams = 100;
        await using PeerBench bench = await PeerBench.StartAsync();
        using TlsIdentity stranger = PeerBench.NewTls();
        await using RawHttp2 caller = await RawHttp2.ConnectAsync(bench.EndPoint, stranger);
        for (int place = 0; place < Streams; place++)
        {
            await caller.BeginAsync((2 * place) + 1, Hello, whole: true);
        }

        for (int place = 0; place < Streams - 8; place++)
        {
            Assert.That((await NextAsync(caller)).Kind, Is.EqualTo(RawHttp2.Reset).Or.EqualTo(RawHttp2.GoAway));
        }

        await bench.RequireOpenAsync(Patience);
    }

    [TestCase(Hello)]
    [TestCase(Deliver)]
    public async Task Who_opens_and_resets_streams_without_end_is_closed(string method)
    {
        const int Resets = 100_000;
        await using PeerBench bench = await PeerBench.StartAsync();
        using TlsIdentity stranger = PeerBench.NewTls();
        await using RawHttp2 caller = await RawHttp2.ConnectAsync(bench.EndPoint, stranger);
        int sent = 0;
        try
        {
            for (; sent < Resets && !caller.Closed.IsCompleted; sent++)
            {
                await caller.BeginAsync((2 * sent) + 1, method, whole: true);
                await caller.ResetAsync((2 * sent) + 1);
            }
        }
        catch (IOException)
        {
            // Closed while it wrote.
        }

        TestContext.Out.WriteLine($"closed after {sent} resets");
        Assert.That(sent, Is.LessThan(Resets));
        await bench.RequireOpenAsync(Patience);
    }

    private static async Task<(byte Kind, int Stream)> NextAsync(RawHttp2 caller) =>
        await caller.Heard.ReadAsync().AsTask().WaitAsync(Patience);

    // Ends when the megabyte has gone to the server, or the server has answered.
    private static async Task HalfSendAsync(IPEndPoint server, HttpMessageInvoker caller, CancellationToken over)
    {
        HalfMessage half = new(over);
        HttpRequestMessage request = new(HttpMethod.Post, $"https://{server}{Hello}")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = half,
        };
        Task<HttpResponseMessage> answer = caller.SendAsync(request, over);
        await Task.WhenAny(answer, half.Sent);
        _ = answer.ContinueWith(static ended => ended.Exception, TaskScheduler.Default);
    }

    private sealed class HalfMessage : HttpContent
    {
        private const int Announced = 5 * Mebibyte;
        private static readonly byte[] Chunk = new byte[64 * 1024];

        private readonly TaskCompletionSource sent = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly CancellationToken over;

        public HalfMessage(CancellationToken over)
        {
            this.over = over;
            Headers.ContentType = new("application/grpc");
        }

        public Task Sent => sent.Task;

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            byte[] prefix = new byte[5];
            BinaryPrimitives.WriteInt32BigEndian(prefix.AsSpan(1), Announced);
            await stream.WriteAsync(prefix, over);
            for (int bytes = 0; bytes < Mebibyte; bytes += Chunk.Length)
            {
                await stream.WriteAsync(Chunk, over);
            }

            await stream.FlushAsync(over);
            sent.TrySetResult();
            await Task.Delay(Timeout.Infinite, over);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
