using System.Diagnostics;
using System.Globalization;
using Ledger.Benchmarks.Load;

namespace Ledger.Benchmarks.Results;

/// <summary>Every operation of a run, one a line, for plots of one's own.</summary>
public sealed class OperationCsv
{
    /// <summary>The first line.</summary>
    public const string Header = "series,round,clients,client,phase,intended_us,latency_us,records,height,end";

    private readonly TextWriter table;

    private OperationCsv(TextWriter table)
    {
        this.table = table;
        table.WriteLine(Header);
    }

    /// <summary>Begins a table, which the caller closes; null where none was asked for.</summary>
    public static OperationCsv? On(TextWriter? table) => table is null ? null : new OperationCsv(table);

    /// <summary>Writes a round in the order of intended begins; times count from the first of them.</summary>
    /// <param name="series">What the operations were, where a run has several kinds; without commas.</param>
    /// <param name="round">The round, from 1.</param>
    /// <param name="clients">Clients of the round.</param>
    /// <param name="load">Every operation, warm-up included, and what was measured of it.</param>
    public void Write<T>(string series, int round, int clients, LoadRound<T> load) =>
        Write(series, round, clients, load.Samples, load.Window);

    /// <summary>Writes operations that belong to no round of their own.</summary>
    public void Write(
        string series, int round, int clients, IReadOnlyList<LoadSample> samples, LoadWindow window)
    {
        long origin = samples.Count > 0 ? samples.Min(sample => sample.Intended) : 0;
        foreach (LoadSample sample in samples.OrderBy(sample => sample.Intended))
        {
            table.WriteLine(LineOf(series, round, clients, sample, window, origin));
        }

        table.Flush();
    }

    /// <summary>One operation.</summary>
    public static string LineOf(
        string series, int round, int clients, LoadSample sample, LoadWindow window, long origin)
    {
        string phase = window.Holds(sample.Intended) ? "measured" : "beside";
        string end = sample.IsRefused ? "refused" : "done";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{series},{round},{clients},{sample.Client},{phase},{Microseconds(sample.Intended - origin)},"
            + $"{Microseconds(sample.Completed - sample.Intended)},{sample.Records},{sample.Height},{end}");
    }

    private static long Microseconds(long ticks) => (long)(ticks * 1e6 / Stopwatch.Frequency);
}
