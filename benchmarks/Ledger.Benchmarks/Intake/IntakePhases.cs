using Ledger.Benchmarks.Load;
using Ledger.Benchmarks.Usage;
using Ledger.Workload;

namespace Ledger.Benchmarks.Intake;

/// <summary>What is done with a store, one after the other.</summary>
public sealed class IntakePhases(IntakeOptions options, RecordServerProcess server, string folder)
{
    /// <summary>Their names, in their order.</summary>
    public static readonly IReadOnlyList<string> All =
        ["statements", "events", "singles", "learner and verb", "first pages", "last pages"];

    private const string Statements = "/xAPI/statements";

    /// <summary>So many times are as many single statements rendered as are meant to be sent.</summary>
    private const int Spare = 2;

    /// <summary>Pages of the first and of the last tenth are compared.</summary>
    private const int Parts = 10;

    private readonly int[] processes = [server.ProcessId];
    private int statements;

    /// <summary>Runs all of them; <paramref name="done"/> hears of each.</summary>
    /// <exception cref="BenchmarkException">The store failed, or gave other statements than were handed in.</exception>
    public async Task RunAsync(Action<IntakePoint> done, IProgress<string> progress, CancellationToken interrupt)
    {
        using HttpClient http = server.Connect();
        progress.Report($"{options.Records} records are rendered, below {folder}");
        using (RenderedBodies lists = Render(options.Seed, options.Records, isEvents: false, options.Batch))
        using (RenderedBodies envelopes = Render(options.Seed, options.Records, isEvents: true, options.Batch))
        {
            progress.Report($"{lists.Records} statements and {envelopes.Records} events are handed in");
            done(await FillAsync(All[0], http, lists, Statements, interrupt));
            done(await FillAsync(All[1], http, envelopes, "/caliper/events", interrupt));
        }

        progress.Report($"{options.SinglesPerS} statements a second are handed in singly");
        done(await SinglyAsync(http, interrupt));
        progress.Report("Learners and verbs are asked for");
        done(await QueryAsync(http, interrupt));
        progress.Report("All pages are gone through");
        foreach (IntakePoint point in await PageAsync(http, interrupt))
        {
            done(point);
        }
    }

    private static IEnumerable<LearningRecord> Of(ulong seed, bool isEvents) => new Population(seed).Records()
        .Where(record => record.Tool == LearningTool.Caliper == isEvents);

    private RenderedBodies Render(ulong seed, int records, bool isEvents, int batch) => RenderedBodies.Of(
        Of(seed, isEvents).TakeWhile(record => record.Number < records), batch, isEvents,
        Path.Combine(folder, isEvents ? "events.bodies" : "statements.bodies"));

    private async Task<IntakePoint> FillAsync(
        string phase, HttpClient http, RenderedBodies bodies, string address, CancellationToken interrupt)
    {
        SampleBook book = new(options.Clients);
        ClosedLoop loop = new([.. Enumerable.Range(0, options.Clients).Select(
            ILoadClient (_) => new BodyClient(http, bodies, address))]);
        UsageSnapshot before = UsageSnapshot.Take(processes);
        await loop.RunAsync(book, interrupt, interrupt);
        UsageSnapshot after = UsageSnapshot.Take(processes);
        IReadOnlyList<LoadSample> samples = book.Drain();
        statements += address == Statements ? samples.Sum(static sample => sample.Records) : 0;
        return IntakePoint.Of(
            phase, options.Clients, LoadMeasure.Of(samples, new LoadWindow(before.At, after.At)), before, after);
    }

    // Of another seed: a statement is handed in once.
    private async Task<IntakePoint> SinglyAsync(HttpClient http, CancellationToken interrupt)
    {
        int count = (int)((options.Times.WarmUp + options.Times.Measured).TotalSeconds * options.SinglesPerS * Spare);
        using RenderedBodies bodies = RenderedBodies.Of(
            Of(unchecked(options.Seed + 1), isEvents: false).Take(count), batch: 1, isEvents: false,
            Path.Combine(folder, "singles.bodies"));
        LoadRound<UsageSnapshot> round = await RoundAsync(
            new OpenLoop([new BodyClient(http, bodies, Statements)], options.SinglesPerS), clients: 1, interrupt);
        statements += round.Samples.Count;
        return IntakePoint.Of(
            All[2], 0, LoadMeasure.Of(round.Samples, round.Window), round.Before, round.After);
    }

    private async Task<IntakePoint> QueryAsync(HttpClient http, CancellationToken interrupt)
    {
        IReadOnlyList<string> queries = LearnerQueries.Of(
            Of(options.Seed, isEvents: false).TakeWhile(record => record.Number < options.Records),
            options.PageLimit);
        ILoadClient[] clients = [.. Enumerable.Range(0, options.Clients).Select(
            place => new QueryClient(http, queries, unchecked(options.Seed + (ulong)place)))];
        LoadRound<UsageSnapshot> round = await RoundAsync(new ClosedLoop(clients), clients.Length, interrupt);
        return IntakePoint.Of(
            All[3], clients.Length, LoadMeasure.Of(round.Samples, round.Window), round.Before, round.After);
    }

    private async Task<IntakePoint[]> PageAsync(HttpClient http, CancellationToken interrupt)
    {
        UsageSnapshot before = UsageSnapshot.Take(processes);
        IReadOnlyList<LoadSample> pages = await PageWalk.AllAsync(http, options.PageLimit, interrupt);
        UsageSnapshot after = UsageSnapshot.Take(processes);
        int given = pages.Sum(static page => page.Records);
        if (given != statements)
        {
            throw new BenchmarkException(
                $"{statements} statements were acknowledged, the pages hold {given}: nothing measured here counts.");
        }

        int tenth = Math.Max(1, pages.Count / Parts);
        return
        [
            Tenth(All[4], [.. pages.Take(tenth)], before, after),
            Tenth(All[5], [.. pages.TakeLast(tenth)], before, after),
        ];
    }

    private static IntakePoint Tenth(
        string phase, LoadSample[] pages, UsageSnapshot before, UsageSnapshot after) => IntakePoint.Of(
        phase, 1, LoadMeasure.Of(pages, new LoadWindow(pages[0].Intended, pages[^1].Completed + 1)), before, after);

    private Task<LoadRound<UsageSnapshot>> RoundAsync(
        ILoadPattern pattern, int clients, CancellationToken interrupt) => LoadRound<UsageSnapshot>.RunAsync(
        pattern, clients, options.Times, () => Task.FromResult(UsageSnapshot.Take(processes)), interrupt, interrupt);
}
