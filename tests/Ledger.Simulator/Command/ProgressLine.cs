using System.Diagnostics;
using System.Globalization;

namespace Ledger.Simulator.Command;

/// <summary>Tells how far it is: a bar on a terminal, a line now and then elsewhere.</summary>
public sealed class ProgressLine(TextWriter output, bool isTerminal, long seeds)
{
    private const int BarWidth = 30;
    private const double TerminalSeconds = 0.5;
    private const double LineSeconds = 10;

    private readonly Stopwatch watch = Stopwatch.StartNew();
    private double toldAt;

    /// <summary>Tells it where it is time to; <paramref name="begun"/> seeds were done before this process.</summary>
    public void Tell(SimulationReport report, long begun)
    {
        double now = watch.Elapsed.TotalSeconds;
        if (now - toldAt < (isTerminal ? TerminalSeconds : LineSeconds))
        {
            return;
        }

        toldAt = now;
        double speed = (report.Seeds - begun) / now;
        TimeSpan left = speed > 0 ? TimeSpan.FromSeconds((seeds - report.Seeds) / speed) : TimeSpan.Zero;
        string line = string.Create(
            CultureInfo.InvariantCulture,
            $"{report.Seeds} of {seeds} seeds, {speed:F1} seeds/s, {left:hh\\:mm\\:ss} left, {report.SafetyViolations} "
            + $"safety violations, {report.LivenessFailures} liveness failures");
        if (isTerminal)
        {
            int full = (int)(report.Seeds * BarWidth / Math.Max(1, seeds));
            output.Write($"\r[{new string('#', full)}{new string('.', BarWidth - full)}] {line} ");
        }
        else
        {
            output.WriteLine(line);
        }
    }

    /// <summary>Leaves the line of the bar.</summary>
    public void End()
    {
        if (isTerminal)
        {
            output.WriteLine();
        }
    }
}
