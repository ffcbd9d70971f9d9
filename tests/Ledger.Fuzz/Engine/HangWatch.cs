using System.Diagnostics;

namespace Ledger.Fuzz;

/// <summary>Tells of an input that does not end, which its own thread no longer can, and ends the program.</summary>
internal sealed class HangWatch : IDisposable
{
    private static readonly TimeSpan HangTime = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private readonly Lock gate = new();
    private readonly Timer timer;
    private readonly Action<FuzzFinding> onHang;
    private (string Target, ulong Seed, long Index, byte[] Input)? current;
    private long started;

    /// <summary>Calls <paramref name="onHang"/>, once, from a thread of its own.</summary>
    public HangWatch(Action<FuzzFinding> onHang)
    {
        this.onHang = onHang;
        timer = new Timer(_ => Look(), null, Interval, Interval);
    }

    public void Begin(string target, ulong seed, long index, byte[] input)
    {
        lock (gate)
        {
            current = (target, seed, index, input);
            started = Stopwatch.GetTimestamp();
        }
    }

    public void End()
    {
        lock (gate)
        {
            current = null;
        }
    }

    public void Dispose() => timer.Dispose();

    private void Look()
    {
        lock (gate)
        {
            if (current is { } input && Stopwatch.GetElapsedTime(started) > HangTime)
            {
                current = null;
                onHang(FuzzFinding.Of(input.Target, input.Seed, input.Index, input.Input, "does not end"));
            }
        }
    }
}
