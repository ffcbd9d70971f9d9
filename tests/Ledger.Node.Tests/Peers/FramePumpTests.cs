using Google.Protobuf;
using Grpc.Core;
using Ledger.Node.Peers;
using Ledger.Node.Protos;

namespace Ledger.Node.Tests.Peers;

public sealed class FramePumpTests
{
    private Line line = null!;
    private FramePump pump = null!;

    [SetUp]
    public void Connect()
    {
        line = new Line();
        pump = new FramePump(line, CancellationToken.None);
    }

    [Test]
    public void Who_sends_writes_and_a_frame_alone_is_pushed()
    {
        line.Open();

        pump.Send(Of(1), FrameQueue.Urgent);

        Assert.That(line.Written, Is.EqualTo(new[] { (1, true) }));
    }

    [Test]
    public void What_waits_behind_a_write_follows_in_order_of_urgency_and_the_last_is_pushed()
    {
        pump.Send(Of(1), FrameQueue.Bulk);
        pump.Send(Of(2), FrameQueue.Bulk);
        pump.Send(Of(3), FrameQueue.Answer);
        pump.Send(Of(4), FrameQueue.Urgent);
        pump.Send(Of(5), FrameQueue.Urgent);
        Assert.That(line.Written, Is.EqualTo(new[] { (1, true) }));

        line.Open();

        Assert.That(
            line.Written, Is.EqualTo(new[] { (1, true), (4, false), (5, false), (3, false), (2, true) }));
    }

    [Test]
    public void Nothing_is_lost_or_written_twice_or_at_the_same_time_when_many_send()
    {
        const int Senders = 8;
        const int Each = 100;
        line.Open();

        Parallel.For(0, Senders, sender =>
        {
            for (int place = 0; place < Each; place++)
            {
                pump.Send(Of((sender * Each) + place), FrameQueue.Urgent);
            }
        });

        Assert.That(() => line.Count, Is.EqualTo(Senders * Each).After(10_000, 5));
        Assert.That(
            line.Written.Select(written => written.Number), Is.EquivalentTo(Enumerable.Range(0, Senders * Each)));
        Assert.That(line.Overlaps, Is.Zero);
    }

    [Test]
    public void A_write_that_fails_breaks_the_pump_and_nothing_follows()
    {
        pump.Send(Of(1), FrameQueue.Urgent);
        pump.Send(Of(2), FrameQueue.Urgent);

        line.Fail(new RpcException(new Status(StatusCode.Unavailable, "gone")));
        pump.Send(Of(3), FrameQueue.Urgent);

        Assert.That(async () => await pump.Broken, Throws.InstanceOf<RpcException>());
        Assert.That(line.Written, Has.Count.EqualTo(1));
    }

    private static Frame Of(int number) => new()
    {
        BodyRequest = new BodyRequest { Leaves = ByteString.CopyFrom(BitConverter.GetBytes(number)) },
    };

    /// <summary>A stream that is held until it is opened; it notes what it is given, pushed or not.</summary>
    private sealed class Line : IClientStreamWriter<Frame>
    {
        private readonly TaskCompletionSource held = new();
        private readonly List<(int Number, bool IsPushed)> written = [];
        private int writing;

        public WriteOptions? WriteOptions { get; set; }

        public int Overlaps { get; private set; }

        public int Count
        {
            get
            {
                lock (written)
                {
                    return written.Count;
                }
            }
        }

        public IReadOnlyList<(int Number, bool IsPushed)> Written
        {
            get
            {
                lock (written)
                {
                    return [.. written];
                }
            }
        }

        public void Open() => held.SetResult();

        public void Fail(Exception problem) => held.SetException(problem);

        public Task WriteAsync(Frame message) => WriteAsync(message, CancellationToken.None);

        public async Task WriteAsync(Frame message, CancellationToken cancellationToken)
        {
            Overlaps += Interlocked.Increment(ref writing) - 1;
            lock (written)
            {
                written.Add((
                    BitConverter.ToInt32(message.BodyRequest.Leaves.Span),
                    WriteOptions?.Flags.HasFlag(WriteFlags.BufferHint) != true));
            }

            await held.Task;
            Interlocked.Decrement(ref writing);
        }

        public Task CompleteAsync() => Task.CompletedTask;
    }
}
