using System.Diagnostics;
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
    private readonly long begun = Stopwatch.GetTimestamp();

    // Most requests are there whole when they are read, and need no timer.
    private CancellationTokenSource? patience;
    private long counted;

    /// <summary>Bounds the body of a request from a network.</summary>
    public BoundedBody(PipeReader body, RequestBounds bounds, IPAddress network, bool isStream)
    {
        this.body = body;
        this.bounds = bounds;
        this.network = network;
        this.isStream = isStream;
    }

    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        ValueTask<ReadResult> reading = body.ReadAsync(cancellationToken);
        return reading.IsCompletedSuccessfully
            ? new ValueTask<ReadResult>(Checked(reading.Result))
            : WaitAsync(reading);
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
        patience?.Dispose();
    }

    private async ValueTask<ReadResult> WaitAsync(ValueTask<ReadResult> reading)
    {
        if (isStream)
        {
            return Checked(await reading);
        }

        using CancellationTokenRegistration ending = Patience().UnsafeRegister(
            static reader => ((PipeReader)reader!).CancelPendingRead(), body);
        return Checked(await reading);
    }

    // Counted from the request's beginning, however often it is waited for.
    private CancellationToken Patience()
    {
        if (patience is null)
        {
            TimeSpan left = bounds.Patience - Stopwatch.GetElapsedTime(begun);
            patience = new CancellationTokenSource();
            patience.CancelAfter(left > TimeSpan.Zero ? left : TimeSpan.Zero);
        }

        return patience.Token;
    }

    private ReadResult Checked(ReadResult result)
    {
        bool isTooLong = !isStream && result.Buffer.Length > bounds.BytesMax + PrefixBytes;
        bool isLate = !result.IsCompleted && patience is { IsCancellationRequested: true };
        if (isTooLong || isLate || !Count(result.Buffer.Length))
        {
            body.AdvanceTo(result.Buffer.End);
            throw new RpcException(isTooLong || !isLate ? TooMuch(isTooLong) : Late());
        }

        if (result.IsCompleted)
        {
            patience?.CancelAfter(Timeout.InfiniteTimeSpan);
        }

        return result;
    }

    private Status TooMuch(bool isTooLong) => new(
        StatusCode.ResourceExhausted,
        isTooLong
            ? $"a request of this method has {bounds.BytesMax} bytes at most"
            : "too many unfinished requests from one address");

    private Status Late() => new(
        StatusCode.DeadlineExceeded,
        string.Create(
            CultureInfo.InvariantCulture,
            $"the request did not arrive whole within {bounds.Patience.TotalSeconds} s"));

    private bool Count(long bytes)
    {
        if (bytes == counted)
        {
            return true;
        }

        if (!bounds.Memory.TryChange(network, bytes - counted))
        {
            return false;
        }

        counted = bytes;
        return true;
    }
}
