using Grpc.Core;
using Ledger.Client.Protos;
using Ledger.Node.Api;
using Ledger.Node.Tests.Support;

namespace Ledger.Node.Tests.Api;

public sealed class StreamPatienceTests : IAsyncStreamReader<SubmitRequest>
{
    private readonly StoppedTimers time = new();

    public SubmitRequest Current { get; } = new();

    [Test]
    public async Task A_stream_without_a_valid_transaction_ends_after_a_while()
    {
        using StreamPatience patience = new(this, time, CancellationToken.None);
        Task<bool> next = patience.MoveNextAsync();

        time.Ring();

        RpcException ended = (await Assert.ThrowsAsync<RpcException>(() => next))!;
        Assert.That(ended.StatusCode, Is.EqualTo(StatusCode.DeadlineExceeded));
    }

    [Test]
    public async Task After_a_valid_transaction_it_may_rest()
    {
        using CancellationTokenSource gone = new();
        using StreamPatience patience = new(this, time, gone.Token);
        patience.NoteProved();
        Task<bool> next = patience.MoveNextAsync();

        time.Ring();

        Assert.That(next.IsCompleted, Is.False);
        await gone.CancelAsync();
        await Assert.ThrowsAsync<TaskCanceledException>(() => next);
    }

    async Task<bool> IAsyncStreamReader<SubmitRequest>.MoveNext(CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.Infinite, cancellationToken);
        return false;
    }
}
