using System.Globalization;
using System.IO.Pipelines;
using System.Net;
using Grpc.Core;

namespace Ledger.Node.Hosting;

/// <summary>
/// The body of a request, with a limit to the bytes of a message, to those that its network makes this node keep, and,
/// where it has one message, to the time in which it arrives whole. A server's minimum data rate is an average over the
/// whole body: who sends much at once may then rest for an hour.
/// </summary>
internal sealed class BoundedBody : PipeReader, IDisposable
{
    /// <summary>What gRPC puts before a message.</summary>
    private const int PrefixBytes = 5;

    private readonly PipeReader body;
    private readonly RequestBounds bounds;
    private readonly IPAddress network;
    private readonly bool isStream;
    private readonly CancellationTokenSource patience = new();
    private long counted;

    /// <summary>Bounds the body of a request from a network.</summary>
    public BoundedBody(PipeReader body, RequestBounds bounds, IPAddress network, bool isStream)
    {
        this.body = body;
        this.bounds = bounds;
        this.network = network;
        this.isStream = isStream;
        if (!isStream)
        {
            patience.CancelAfter(bounds.Patience);
        }
    }

    public override async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        if (isStream)
        {
            return Checked(await body.ReadAsync(cancellationToken));
        }

        using CancellationTokenSource either =
            CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            return Checked(await body.ReadAsync(either.Token));
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            throw new RpcException(new Status(
                StatusCode.DeadlineExceeded,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"the request did not arrive whole within {bounds.Patience.TotalSeconds} s")));
        }
    }

    public override bool TryRead(out ReadResult result)
    {
        bool some = body.TryRead(out result);
        if (some)
        {
            Checked(result);
        }

        return some;
    }

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        // A message was taken; what has come of the next one is counted when it is read.
        if (consumed.Equals(examined))
        {
            Count(0);
        }

        body.AdvanceTo(consumed, examined);
    }

    public override void CancelPendingRead() => body.CancelPendingRead();

    public override void Complete(Exception? exception = null) => body.Complete(exception);

    /// <summary>The request has been answered.</summary>
    public void Dispose()
    {
        Count(0);
        patience.Dispose();
    }

    private ReadResult Checked(ReadResult result)
    {
        bool isTooLong = !isStream && result.Buffer.Length > bounds.BytesMax + PrefixBytes;
        if (isTooLong || !Count(result.Buffer.Length))
        {
            body.AdvanceTo(result.Buffer.End);
            throw new RpcException(new Status(
                StatusCode.ResourceExhausted,
                isTooLong
                    ? $"a request of this method has {bounds.BytesMax} bytes at most"
                    : "too many unfinished requests from one address"));
        }

        if (result.IsCompleted && !isStream)
        {
            patience.CancelAfter(Timeout.InfiniteTimeSpan);
        }

        return result;
    }

    private bool Count(long bytes)
    {
        if (!bounds.Memory.TryChange(network, bytes - counted))
        {
            return false;
        }

        counted = bytes;
        return true;
    }
}
