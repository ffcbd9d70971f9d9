using System.IO.Pipelines;
using Grpc.Core;
using Grpc.Net.Client.Protocol;

namespace Grpc.Tests.Protocol;

/// <summary>How messages are taken out of a body.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class FrameReaderTests
{
    private static readonly byte[] frame = [0, 0, 0, 0, 2, 7, 8];

    private readonly Pipe body = new();

    [Test]
    public async Task The_end_that_came_with_the_last_message_is_not_asked_for_again()
    {
        await body.Writer.WriteAsync(frame);
        await body.Writer.CompleteAsync();
        var frames = Frames();

        Assert.That(await ReadAsync(frames), Is.EqualTo(new byte[] { 7, 8 }));

        // Whoever reads a body that was given back is told so.
        await body.Reader.CompleteAsync();
        Assert.That(await ReadAsync(frames), Is.Null);
    }

    [Test]
    public async Task The_end_that_comes_after_the_last_message_is_waited_for()
    {
        await body.Writer.WriteAsync(frame);
        var frames = Frames();
        await ReadAsync(frames);
        var next = ReadAsync(frames);
        Assert.That(next.IsCompleted, Is.False);

        await body.Writer.CompleteAsync();

        Assert.That(await next, Is.Null);
    }

    [Test]
    public async Task Bytes_behind_the_last_message_are_told()
    {
        await body.Writer.WriteAsync((byte[])[.. frame, 0]);
        await body.Writer.CompleteAsync();
        var frames = Frames();
        await ReadAsync(frames);

        var told = await Assert.ThrowsAsync<RpcException>(async () => await ReadAsync(frames));

        Assert.That(told!.Status.Detail, Is.EqualTo("Incomplete message."));
    }

    private FrameReader Frames() => new(body.Reader, 100, null, StatusCode.Internal);

    private static async Task<byte[]?> ReadAsync(FrameReader frames) =>
        await frames.ReadAsync(context => context.PayloadAsNewBuffer(), CancellationToken.None);
}
