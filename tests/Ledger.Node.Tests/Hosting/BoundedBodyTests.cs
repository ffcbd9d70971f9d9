using System.IO.Pipelines;
using System.Net;
using Grpc.Core;
using Ledger.Node.Hosting;

namespace Ledger.Node.Tests.Hosting;

/// <summary>What a request may make a node keep, and how long it may take to come.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class BoundedBodyTests
{
    private const int BytesMax = 100;
    private const int PrefixBytes = 5;

    private static readonly TimeSpan Long = TimeSpan.FromDays(1);

    private readonly Pipe pipe = new();
    private readonly RequestMemory memory = new(share: 1_000);

    [Test]
    public async Task A_request_that_is_there_whole_is_read_however_late_it_is()
    {
        await pipe.Writer.WriteAsync(new byte[10]);
        await pipe.Writer.CompleteAsync();
        using BoundedBody body = Body(TimeSpan.Zero);

        ReadResult read = await body.ReadAsync();

        Assert.That(read.Buffer.Length, Is.EqualTo(10));
        Assert.That(read.IsCompleted, Is.True);
    }

    [Test]
    public async Task A_request_that_does_not_come_whole_in_time_is_refused_and_keeps_nothing()
    {
        await pipe.Writer.WriteAsync(new byte[10]);
        using (BoundedBody body = Body(TimeSpan.Zero))
        {
            ReadResult first = await body.ReadAsync();
            body.AdvanceTo(first.Buffer.Start, first.Buffer.End);
            Assert.That(memory.Kept, Is.EqualTo(10));

            RpcException? refused = await Assert.ThrowsAsync<RpcException>(async () => await body.ReadAsync());

            Assert.That(refused!.StatusCode, Is.EqualTo(StatusCode.DeadlineExceeded));
        }

        Assert.That(memory.Kept, Is.Zero);
    }

    [Test]
    public async Task A_request_that_is_over_time_is_refused_although_more_of_it_has_come()
    {
        using BoundedBody body = Body(TimeSpan.Zero);
        await Assert.ThrowsAsync<RpcException>(async () => await body.ReadAsync());
        await pipe.Writer.WriteAsync(new byte[10]);

        RpcException? refused = await Assert.ThrowsAsync<RpcException>(async () => await body.ReadAsync());

        Assert.That(refused!.StatusCode, Is.EqualTo(StatusCode.DeadlineExceeded));
    }

    [Test]
    public async Task The_last_part_of_a_request_is_waited_for()
    {
        using BoundedBody body = Body(Long);
        await pipe.Writer.WriteAsync(new byte[10]);
        ReadResult first = await body.ReadAsync();
        body.AdvanceTo(first.Buffer.Start, first.Buffer.End);
        ValueTask<ReadResult> reading = body.ReadAsync();
        Assert.That(reading.IsCompleted, Is.False);

        await pipe.Writer.WriteAsync(new byte[10]);
        await pipe.Writer.CompleteAsync();

        Assert.That((await reading).Buffer.Length, Is.EqualTo(20));
    }

    [Test]
    public async Task A_reader_that_gives_up_waits_no_more()
    {
        using CancellationTokenSource gone = new();
        using BoundedBody body = Body(Long);
        ValueTask<ReadResult> reading = body.ReadAsync(gone.Token);

        await gone.CancelAsync();

        await Assert.ThrowsAsync(Is.InstanceOf<OperationCanceledException>(), async () => await reading);
    }

    [Test]
    public async Task A_message_that_is_too_long_is_refused()
    {
        await pipe.Writer.WriteAsync(new byte[BytesMax + PrefixBytes + 1]);
        using BoundedBody body = Body(Long);

        RpcException? refused = await Assert.ThrowsAsync<RpcException>(async () => await body.ReadAsync());

        Assert.That(refused!.StatusCode, Is.EqualTo(StatusCode.ResourceExhausted));
    }

    private BoundedBody Body(TimeSpan patience) => new(
        pipe.Reader, new RequestBounds(BytesMax, patience, memory, CoverStreams: true), IPAddress.Loopback,
        isStream: false);
}
