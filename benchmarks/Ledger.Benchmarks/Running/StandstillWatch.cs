using System.Diagnostics;

namespace Ledger.Benchmarks.Running;

/// <summary>
/// Notices that this process has stood still: suspended, or kept off the processors by others. What was measured
/// meanwhile says nothing of the nodes.
/// </summary>
public sealed class StandstillWatch : IDisposable
{
    /// <summary>
    /// A standstill of a second or more spoils a round; a busy scheduler takes a tenth of that at most.
    /// </summary>
    public static readonly TimeSpan Spoiling = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(20);

    private readonly Metronome metronome;
    private readonly Lock gate = new();
    private long last = Stopwatch.GetTimestamp();
    private TimeSpan longest;

    /// <summary>Begins to watch.</summary>
    public StandstillWatch() => metronome = new Metronome("standstill", Between, Look);

    /// <summary>The longest standstill since this was asked last.</summary>
    public TimeSpan Take()
    {
        lock (gate)
        {
            Note();
            TimeSpan taken = longest;
            longest = TimeSpan.Zero;
            return taken;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => metronome.Dispose();

    private void Look()
    {
        lock (gate)
        {
            Note();
        }
    }

    private void Note()
    {
        long now = Stopwatch.GetTimestamp();
        TimeSpan passed = Stopwatch.GetElapsedTime(last, now) - Between;
        longest = passed > longest ? passed : longest;
        last = now;
    }
}
