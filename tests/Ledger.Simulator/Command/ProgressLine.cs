using System.Diagnostics;
using System.Globalization;

namespace Ledger.Simulator.Command;

/// <summary>
/// A bar on a terminal, and a line now and then elsewhere; to the error output, once a second at most.
/// </summary>
public sealed class ProgressLine(long total)
{
    private const int BarWidth = 30;
    private const double PlainEveryS = 15;

    private readonly Stopwatch watch = Stopwatch.StartNew();
    private readonly bool terminal = !Console.IsErrorRedirected;
    private double lastS = -1;

    /// <summary>Shows how far it is.</summary>
    public void Show(long done, long failed)
    {
        double now = watch.Elapsed.TotalSeconds;
        if (now - lastS < (terminal ? 1 : PlainEveryS) && done < total)
        {
            return;
        }

        lastS = now;
        double perSecond = done / Math.Max(now, 0.001);
        TimeSpan left = TimeSpan.FromSeconds(Math.Min((total - done) / Math.Max(perSecond, 0.001), 8_640_000));
        int filled = (int)(done * BarWidth / Math.Max(total, 1));
        string line = string.Create(
            CultureInfo.InvariantCulture,
            $"{done} of {total} seeds, {failed} failed, {perSecond:F1}/s, {left:d\\.hh\\:mm\\:ss} left");
        if (terminal)
        {
            string bar = new string('#', filled) + new string('.', BarWidth - filled);
            Console.Error.Write($"\r[{bar}] {line}   ");
            if (done >= total)
            {
                Console.Error.WriteLine();
            }
        }
        else
        {
            Console.Error.WriteLine(line);
        }
    }
}
