namespace Ledger.Node.Box;

/// <summary>
/// Lets refusals leave at whole steps after their request came, so that the time of a refusal says nothing of what the
/// box looked at on the way to it. Rule B-8 of <c>docs/secure-box.md</c>.
/// </summary>
public sealed class RefusalPace(TimeProvider time)
{
    /// <summary>
    /// Well above what the look-ups of a judgement take, so that it is rare that they make the difference of a step;
    /// and below what a person or a tool notices.
    /// </summary>
    public static readonly TimeSpan Step = TimeSpan.FromMilliseconds(10);

    private static readonly TimeSpan TimerStep = TimeSpan.FromMilliseconds(1);

    /// <summary>When a request came.</summary>
    public long Begin() => time.GetTimestamp();

    /// <summary>
    /// Waits about until the next whole step: for a refusal that has looked at nothing but the request.
    /// </summary>
    public Task HoldAboutAsync(long begun, CancellationToken cancellation)
    {
        TimeSpan past = time.GetElapsedTime(begun);
        return Task.Delay(NextStep(past) - past, time, cancellation);
    }

    /// <summary>Waits until the next whole step since a request came, and not a moment less.</summary>
    public async Task HoldAsync(long begun, CancellationToken cancellation)
    {
        TimeSpan end = NextStep(time.GetElapsedTime(begun));
        // A timer counts whole milliseconds and leaves the rest out, which would tell how long the work took after all:
        // the last one is waited for on the spot. That costs up to a millisecond of a processor, so strangers do not
        // come here.
        for (TimeSpan left = end - time.GetElapsedTime(begun);
            left >= TimerStep;
            left = end - time.GetElapsedTime(begun))
        {
            await Task.Delay(left, time, cancellation);
        }

        SpinWait wait = default;
        while (time.GetElapsedTime(begun) < end)
        {
            wait.SpinOnce(sleep1Threshold: -1);
        }
    }

    /// <summary>The end of the step in which a time lies.</summary>
    public static TimeSpan NextStep(TimeSpan past) => new((past.Ticks / Step.Ticks * Step.Ticks) + Step.Ticks);
}
