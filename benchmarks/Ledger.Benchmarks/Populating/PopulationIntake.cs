using System.Diagnostics;
using Ledger.Benchmarks.Replay;
using Ledger.Benchmarks.Usage;
using Ledger.Workload;

namespace Ledger.Benchmarks.Populating;

/// <summary>
/// Hands the population to the schools' record stores as learning tools do: statements in lists and events in
/// envelopes. Each store has one client, which sends one request after the other; the stores work side by side.
/// </summary>
public sealed class PopulationIntake(Cast cast, ulong seed, int recordsMax)
{
    /// <summary>Records of a request: half a megabyte, an eighth of what a store takes.</summary>
    private const int RecordsOfRequest = 400;

    private const double Mega = 1024 * 1024;

    private int requests;

    /// <summary>Hands in everything; <paramref name="progress"/> hears how many records are acknowledged.</summary>
    public async Task<IntakeFigures> RunAsync(
        IReadOnlyList<int> processes, IProgress<int> progress, CancellationToken cancellation)
    {
        int done = 0;
        long start = Stopwatch.GetTimestamp();
        await Task.WhenAll(Schools.Founding.Select(school => Task.Run(
            () => LoadAsync(school, count => progress.Report(Interlocked.Add(ref done, count)), cancellation),
            cancellation)));
        double elapsed = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return new IntakeFigures(
            done, requests, RecordsOfRequest, Schools.Founding.Count, Math.Round(elapsed, 3),
            Math.Round(done / elapsed, 1), processes.Max(process => ProcessUsage.Read(process).ResidentBytes) / Mega);
    }

    private async Task LoadAsync(School school, Action<int> acknowledged, CancellationToken cancellation)
    {
        using HttpClient http = RecordLoader.LrsClient(cast.Nodes[school.Index]);
        List<byte[]> statements = [];
        List<byte[]> events = [];
        foreach (LearningRecord record in new Population(seed).Records().Take(recordsMax)
            .Where(record => record.SchoolIndex == school.Index))
        {
            List<byte[]> kind = record.Tool == LearningTool.Caliper ? events : statements;
            kind.Add(record.ToJson());
            if (kind.Count == RecordsOfRequest)
            {
                await SendAsync(http, school, kind, kind == events, acknowledged, cancellation);
            }
        }

        await SendAsync(http, school, statements, isEvents: false, acknowledged, cancellation);
        await SendAsync(http, school, events, isEvents: true, acknowledged, cancellation);
    }

    private async Task SendAsync(
        HttpClient http,
        School school,
        List<byte[]> records,
        bool isEvents,
        Action<int> acknowledged,
        CancellationToken cancellation)
    {
        if (records.Count == 0)
        {
            return;
        }

        string[] ids = await RecordLoader.PostAsync(http, school, records, isEvents, cancellation);
        Interlocked.Increment(ref requests);
        acknowledged(ids.Length);
        records.Clear();
    }
}
