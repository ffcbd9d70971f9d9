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

    /// <summary>When a request came.</summary>
    public long Begin() => time.GetTimestamp();

    /// <summary>Waits until the next whole step since a request came.</summary>
    public Task HoldAsync(long begun, CancellationToken cancellation)
    {
        long past = time.GetElapsedTime(begun).Ticks % Step.Ticks;
        return Task.Delay(new TimeSpan(Step.Ticks - past), time, cancellation);
    }
}
