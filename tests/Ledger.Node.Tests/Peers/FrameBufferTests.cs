using Google.Protobuf;
using Ledger.Consensus.Protos;
using Ledger.Node.Peers;
using Ledger.Node.Protos;

namespace Ledger.Node.Tests.Peers;

public sealed class FrameBufferTests
{
    [Test]
    public void The_oldest_frames_make_room_when_bytes_are_over_the_limit()
    {
        FrameBuffer buffer = new(framesMax: 1024, bytesMax: 10_000);
        Frame[] frames = [.. Enumerable.Range(0, 100).Select(_ => Sized(3000))];

        int grown = frames.Count(buffer.Add);

        Assert.That(grown, Is.EqualTo(3));
        Assert.That(buffer.Bytes, Is.LessThanOrEqualTo(10_000));
        Assert.That(Taken(buffer), Is.EqualTo(frames[^3..]));
        Assert.That(buffer.Bytes, Is.Zero);
    }

    [Test]
    public void The_oldest_frame_makes_room_when_there_are_too_many()
    {
        FrameBuffer buffer = new(framesMax: 2, bytesMax: 10_000);
        Frame[] frames = [Sized(1), Sized(2), Sized(3)];

        Array.ForEach(frames, frame => buffer.Add(frame));

        Assert.That(Taken(buffer), Is.EqualTo(frames[1..]));
    }

    [Test]
    public void One_frame_waits_even_where_it_is_larger_than_the_limit()
    {
        FrameBuffer buffer = new(framesMax: 2, bytesMax: 100);
        Frame large = Sized(1000);

        Assert.That(buffer.Add(large), Is.True);
        Assert.That(Taken(buffer), Is.EqualTo(new[] { large }));
    }

    [Test]
    public void A_frame_that_waits_already_is_not_taken_again()
    {
        FrameBuffer buffer = new(framesMax: 10, bytesMax: 10_000);
        Frame frame = Sized(1000);

        Assert.That(buffer.Add(frame), Is.True);
        Assert.That(buffer.Add(frame), Is.False);
        Assert.That(Taken(buffer), Is.EqualTo(new[] { frame }));
        Assert.That(buffer.Add(frame), Is.True, "it has left");
    }

    private static Frame Sized(int bytes) =>
        new() { Consensus = new SignedMessage { Body = ByteString.CopyFrom(new byte[bytes]) } };

    private static List<Frame> Taken(FrameBuffer buffer)
    {
        List<Frame> taken = [];
        while (buffer.TryTake(out Frame? frame))
        {
            taken.Add(frame);
        }

        return taken;
    }
}
