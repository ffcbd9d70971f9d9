using System.Diagnostics;
using System.Globalization;
using Ledger.Benchmarks.Load;

namespace Ledger.Benchmarks.Results;

/// <summary>Every operation of a run, one a line, for plots of one's own.</summary>
public sealed class OperationCsv : IDisposable
{
    /// <summary>The first line.</summary>
    public const string Header = "round,clients,client,phase,intended_us,latency_us,records,height,end";

    private readonly StreamWriter writer;

    /// <summary>Begins a file.</summary>
    public OperationCsv(string path)
    {
        writer = new StreamWriter(path);
        writer.WriteLine(Header);
    }

    /// <summary>Writes a round in the order of intended begins; times count from the first of them.</summary>
    public void Write(int round, int clients, IReadOnlyList<LoadSample> samples, LoadWindow window)
    {
        long origin = samples.Count > 0 ? samples.Min(sample => sample.Intended) : 0;
        foreach (LoadSample sample in samples.OrderBy(sample => sample.Intended))
        {
            writer.WriteLine(LineOf(round, clients, sample, window, origin));
        }

        writer.Flush();
    }

    /// <summary>One operation.</summary>
    public static string LineOf(int round, int clients, LoadSample sample, LoadWindow window, long origin)
    {
        string phase = window.Holds(sample.Intended) ? "measured" : "beside";
        string end = sample.IsRefused ? "refused" : "done";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{round},{clients},{sample.Client},{phase},{Microseconds(sample.Intended - origin)},"
            + $"{Microseconds(sample.Completed - sample.Intended)},{sample.Records},{sample.Height},{end}");
    }

    /// <inheritdoc/>
    public void Dispose() => writer.Dispose();

    private static long Microseconds(long ticks) => (long)(ticks * 1e6 / Stopwatch.Frequency);
}
