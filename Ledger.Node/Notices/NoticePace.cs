namespace Ledger.Node.Notices;

/// <summary>How often notices are looked after, and how they are sent again.</summary>
/// <param name="LookEvery">How often what is due is looked for; a request that comes is told at once.</param>
/// <param name="AllEvery">How often every learner is looked at, for what was missed.</param>
/// <param name="AgainAfter">Time before a notice that was not taken is sent again; it doubles each time.</param>
/// <param name="AgainMax">The longest such time.</param>
/// <param name="RetryDelay">Time before a request is repeated within one attempt; it doubles.</param>
/// <param name="Retries">How often it is repeated.</param>
/// <param name="AttemptTime">How long one request may take.</param>
public sealed record NoticePace(
    TimeSpan LookEvery,
    TimeSpan AllEvery,
    TimeSpan AgainAfter,
    TimeSpan AgainMax,
    TimeSpan RetryDelay,
    int Retries,
    TimeSpan AttemptTime)
{
    /// <summary>
    /// For servers of other machines: a restart is bridged within an attempt, a day's outage by attempts that come
    /// further and further apart, until the request itself ends.
    /// </summary>
    public static NoticePace Ordinary { get; } = new(
        LookEvery: TimeSpan.FromSeconds(15),
        AllEvery: TimeSpan.FromMinutes(30),
        AgainAfter: TimeSpan.FromMinutes(1),
        AgainMax: TimeSpan.FromHours(6),
        RetryDelay: TimeSpan.FromSeconds(1),
        Retries: 2,
        AttemptTime: TimeSpan.FromSeconds(10));

    /// <summary>When a notice that was tried so often is sent again.</summary>
    public TimeSpan After(int attempts)
    {
        double wanted = AgainAfter.TotalMilliseconds * Math.Pow(2, Math.Min(attempts, 30));
        return TimeSpan.FromMilliseconds(Math.Min(wanted, AgainMax.TotalMilliseconds));
    }
}
