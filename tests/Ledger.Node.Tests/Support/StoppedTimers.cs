namespace Ledger.Node.Tests.Support;

/// <summary>A clock whose timers ring when the test says so.</summary>
internal sealed class StoppedTimers : TimeProvider
{
    private readonly List<Action> timers = [];

    /// <summary>All timers ring.</summary>
    public void Ring() => timers.ForEach(timer => timer());

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        timers.Add(() => callback(state));
        return new Timer();
    }

    private sealed class Timer : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
