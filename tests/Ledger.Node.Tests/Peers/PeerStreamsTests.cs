using Grpc.Core;
using Ledger.Node.Peers;
using Ledger.Primitives;

namespace Ledger.Node.Tests.Peers;

public sealed class PeerStreamsTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly Address North = new([.. Enumerable.Repeat((byte)1, Hash256.Size)]);
    private static readonly Address South = new([.. Enumerable.Repeat((byte)2, Hash256.Size)]);

    private readonly PeerStreams streams = new();

    [Test]
    public async Task One_stream_too_many_of_an_institution_ends_the_oldest_and_begins_after_it()
    {
        TaskCompletionSource lastFrame = new();
        bool newerReads = false;
        using CancellationTokenSource over = new();
        Task older = streams.RunAsync(
            North,
            async ending =>
            {
                await Task.WhenAny(Task.Delay(Timeout.Infinite, ending));
                await lastFrame.Task;
                ending.ThrowIfCancellationRequested();
            },
            CancellationToken.None);
        Task second = streams.RunAsync(North, ending => Task.Delay(Timeout.Infinite, ending), over.Token);
        Assert.That(older.IsCompleted || second.IsCompleted, Is.False, "two may be");
        Task newer = streams.RunAsync(
            North,
            _ =>
            {
                newerReads = true;
                return Task.CompletedTask;
            },
            CancellationToken.None);

        Assert.That(newerReads, Is.False, "the older one still handles a frame");
        lastFrame.SetResult();
        RpcException ended = (await Assert.ThrowsAsync<RpcException>(() => older.WaitAsync(Patience)))!;
        await newer.WaitAsync(Patience);

        Assert.That(ended.StatusCode, Is.EqualTo(StatusCode.Aborted));
        Assert.That(newerReads, Is.True);
        Assert.That(second.IsCompleted, Is.False);
        await over.CancelAsync();
        await Assert.ThrowsAsync<TaskCanceledException>(() => second.WaitAsync(Patience));
    }

    [Test]
    public async Task Streams_of_two_institutions_stand_side_by_side()
    {
        using CancellationTokenSource over = new();
        Task north = streams.RunAsync(North, ending => Task.Delay(Timeout.Infinite, ending), over.Token);
        Task south = streams.RunAsync(South, ending => Task.Delay(Timeout.Infinite, ending), over.Token);

        Assert.That(north.IsCompleted || south.IsCompleted, Is.False);
        await over.CancelAsync();
        await Assert.ThrowsAsync<TaskCanceledException>(() => north.WaitAsync(Patience));
        await Assert.ThrowsAsync<TaskCanceledException>(() => south.WaitAsync(Patience));
    }
}
