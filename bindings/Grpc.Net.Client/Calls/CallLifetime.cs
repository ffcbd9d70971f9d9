using Grpc.Core;

namespace Grpc.Net.Client.Calls;

/// <summary>
/// How one call ends: exactly once, by the server's status, its deadline, its caller or a failure. The first of them
/// decides the status; all waiting reads and writes are released through <see cref="Token"/>.
/// </summary>
internal sealed class CallLifetime : IDisposable
{
    private const string DisposedDetail = "gRPC call disposed.";
    private const string CancelledDetail = "Call canceled by the client.";

    /// <summary>Timers take at most about 49 days; a later deadline is waited for in pieces.</summary>
    private static readonly TimeSpan timerPeriodMax = TimeSpan.FromDays(24);

    private readonly GrpcChannel channel;
    private readonly DateTime? deadline;
    private readonly CancellationToken callerToken;
    private readonly CancellationTokenSource cancellation = new();
    private readonly TaskCompletionSource<Metadata> headers = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock finishing = new();
    private CancellationTokenRegistration callerRegistration;
    private Timer? deadlineTimer;
    private HttpResponseMessage? response;
    private Status status;
    private Metadata trailers = Metadata.Empty;
    private volatile bool isFinished;
    private bool isCancelledByCaller;

    internal CallLifetime(GrpcChannel channel, CallOptions options)
    {
        this.channel = channel;
        callerToken = options.CancellationToken;
        deadline = options.Deadline is { } time && time != DateTime.MaxValue ? time : null;
        if (deadline is { } end && end != DateTime.MinValue && end.Kind != DateTimeKind.Utc)
        {
            throw new InvalidOperationException(
                "Deadline must have a kind DateTimeKind.Utc or be equal to DateTime.MaxValue or DateTime.MinValue.");
        }
    }

    /// <summary>Cancelled when the call is over for whatever reason.</summary>
    internal CancellationToken Token => cancellation.Token;

    internal bool IsFinished => isFinished;

    internal Task<Metadata> HeadersAsync => headers.Task;

    /// <summary>The time left, or null without a deadline.</summary>
    internal TimeSpan? TimeLeft => deadline is { } end
        ? end - DateTime.UtcNow
        : null;

    /// <summary>Begins to watch deadline and caller.</summary>
    internal void Start()
    {
        channel.Add(this);
        if (TimeLeft is { } left)
        {
            if (left <= TimeSpan.Zero)
            {
                Finish(new Status(StatusCode.DeadlineExceeded, string.Empty));
                return;
            }

            lock (finishing)
            {
                deadlineTimer = new Timer(
                    static state => ((CallLifetime)state!).OnTimer(), this, Wait(left), Timeout.InfiniteTimeSpan);
            }
        }

        if (callerToken.CanBeCanceled)
        {
            callerRegistration = callerToken.UnsafeRegister(static state => ((CallLifetime)state!).Cancel(), this);
        }
    }

    /// <summary>Ends the call on behalf of its caller.</summary>
    internal void Cancel()
    {
        isCancelledByCaller = true;
        Finish(new Status(StatusCode.Cancelled, CancelledDetail));
    }

    /// <summary>Takes over the answer, to free it with the call.</summary>
    internal void Answered(HttpResponseMessage answer, Metadata answerHeaders)
    {
        lock (finishing)
        {
            if (!isFinished)
            {
                response = answer;
                headers.TrySetResult(answerHeaders);
                return;
            }
        }

        answer.Dispose();
    }

    /// <summary>Ends the call unless it is over already.</summary>
    internal void Finish(Status outcome) => Finish(outcome, Metadata.Empty);

    /// <summary>Ends the call unless it is over already.</summary>
    internal void Finish(Status outcome, Metadata outcomeTrailers)
    {
        lock (finishing)
        {
            if (isFinished)
            {
                return;
            }

            status = outcome;
            trailers = outcomeTrailers;
            isFinished = true;
            deadlineTimer?.Dispose();
        }

        if (!headers.Task.IsCompleted && headers.TrySetException(CreateException()))
        {
            // Nobody has to ask for the headers: reading the exception marks it as seen.
            _ = headers.Task.Exception;
        }

        callerRegistration.Unregister();
        cancellation.Cancel();
        response?.Dispose();
        channel.Remove(this);
    }

    /// <summary>Ends the call by a failure of the HTTP stack.</summary>
    internal void Fail(string summary, Exception exception)
    {
        var outcome = Protocol.FailureMapping.ToStatus(summary, exception);
        var isLate = outcome.StatusCode == StatusCode.Cancelled && TimeLeft <= TimeSpan.Zero;

        // A server enforces the deadline too, and its reset may come before the timer of this side.
        Finish(isLate ? new Status(StatusCode.DeadlineExceeded, outcome.Detail, exception) : outcome);
    }

    /// <summary>The outcome as an exception.</summary>
    internal Exception CreateException() => isCancelledByCaller && channel.ThrowsOperationCanceled
        ? new OperationCanceledException(status.Detail, callerToken)
        : new RpcException(status, trailers);

    internal Status GetStatus() => isFinished
        ? status
        : throw new InvalidOperationException("Unable to get the status because the call is not complete.");

    internal Metadata GetTrailers() => isFinished
        ? trailers
        : throw new InvalidOperationException("Can't get the call trailers because the call is not complete.");

    public void Dispose() => Finish(new Status(StatusCode.Cancelled, DisposedDetail));

    private void OnTimer()
    {
        var left = TimeLeft ?? TimeSpan.Zero;
        if (left <= TimeSpan.Zero)
        {
            Finish(new Status(StatusCode.DeadlineExceeded, string.Empty));
            return;
        }

        lock (finishing)
        {
            if (!isFinished)
            {
                deadlineTimer?.Change(Wait(left), Timeout.InfiniteTimeSpan);
            }
        }
    }

    // A timer counts whole milliseconds and would fire just before the deadline without the one added here.
    private static TimeSpan Wait(TimeSpan left) =>
        (left < timerPeriodMax ? left : timerPeriodMax) + TimeSpan.FromMilliseconds(1);
}
