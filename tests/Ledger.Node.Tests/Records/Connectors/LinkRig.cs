using Ledger.Client.Records;
using Ledger.Node.Records;
using Ledger.Node.Records.Caliper;
using Ledger.Node.Records.Connectors;
using Ledger.Node.Records.Import;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Ledger.Node.Tests.Records.Connectors;

/// <summary>A store with a link, whose process can end at any step and begin again with the same files.</summary>
internal sealed class LinkRig : IDisposable
{
    public const string Name = "other";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly StoreFolder folder = new();
    private readonly LinkSettings settings;
    private int stepsLeft = int.MaxValue;

    public LinkRig(LinkKind kind, string address)
    {
        settings = new LinkSettings(Name, kind, address, "node");
        settings.Require();
        (Store, Journal) = Open();
    }

    public static LinkPace Quick { get; } = new(
        PollEvery: TimeSpan.FromMilliseconds(5),
        PauseMax: TimeSpan.FromMilliseconds(50),
        RetryDelay: TimeSpan.FromMilliseconds(1),
        Retries: 1,
        BreakAfter: 4,
        Sampling: TimeSpan.FromSeconds(2),
        BreakFor: TimeSpan.FromMilliseconds(500),
        AttemptTime: TimeSpan.FromSeconds(30));

    public RecordStore Store { get; private set; }

    public LinkJournal Journal { get; private set; }

    public ManualClock Clock => folder.Clock;

    /// <summary>Where the link logs.</summary>
    public ILogger Log { get; set; } = NullLogger.Instance;

    public Func<string, bool> MayStore { get; set; } = static _ => true;

    public LinkProgress Progress => Journal.Read(Name);

    /// <summary>The newest records that the link could not move.</summary>
    public IReadOnlyList<RefusedRecord> Refused() => [.. Journal.Refused(Name, 0, 10).Select(one => one.Record)];

    public IReadOnlyList<string> Ids(RecordType type) => [.. All(type).Select(record => record.Id)];

    public IReadOnlyList<StoredRecord> All(RecordType type)
    {
        List<StoredRecord> all = [];
        while (Store.List(new RecordQuery(
            type, null, null, null, null, all.Count == 0 ? 0 : all[^1].Sequence, Ascending: true, 500)) is
            { Count: > 0 } page)
        {
            all.AddRange(page);
        }

        return all;
    }

    /// <summary>
    /// Works until nothing is left to move. The process ends at the step of that number, if it comes so far; then
    /// everything is opened anew. Returns whether it ended.
    /// </summary>
    public async Task<bool> RunAsync(int crashAt = int.MaxValue)
    {
        stepsLeft = crashAt;
        using LinkHttp http = new(Quick, TimeProvider.System);
        ILinkRound round = Round(http);
        try
        {
            while (await round.RunAsync(CancellationToken.None))
            {
            }

            return false;
        }
        catch (CrashException)
        {
            Store.Dispose();
            Journal.Dispose();
            (Store, Journal) = Open();
            return true;
        }
    }

    /// <summary>The link as the node runs it.</summary>
    public LinkSet Start() => Start(settings);

    /// <summary>These links as the node runs them.</summary>
    public LinkSet Start(params LinkSettings[] links) => LinkSet.Start(
        links, _ => "other-secret", Store, new RecordIntake(Store, folder.Clock, MayStore), Journal, MayStore,
        Quick, TimeProvider.System, Log);

    /// <summary>Waits until something is so, and fails the test with what it is not.</summary>
    public static async Task UntilAsync(Func<bool> condition, string otherwise)
    {
        using CancellationTokenSource limit = new(Patience);
        using PeriodicTimer look = new(TimeSpan.FromMilliseconds(10));
        while (!condition())
        {
            try
            {
                await look.WaitForNextTickAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                Assert.Fail(otherwise);
            }
        }
    }

    public void Dispose()
    {
        Store.Dispose();
        Journal.Dispose();
        folder.Dispose();
    }

    private (RecordStore Store, LinkJournal Journal) Open() =>
        (folder.Open(), new LinkJournal(
            Path.Combine(Path.GetDirectoryName(folder.File)!, "links.db"), folder.Keys, folder.Clock));

    private ILinkRound Round(LinkHttp http)
    {
        CrashingJournal journal = new(Journal, Step);
        RecordIntake intake = new(Store, folder.Clock, MayStore);
        XapiRequests requests = new(settings, "other-secret");
        return settings.Kind switch
        {
            LinkKind.PullXapi => new XapiPullRound(settings, requests, http, journal, new PullIntake(settings, journal,
                BatchIntake.OfStatements(parts => Take(() => intake.TakeStatements(
                    parts, new IntakeSource(settings.Authority, requests.Version, true)))),
                id => Store.Find(RecordType.XapiStatement, id) is not null)),
            LinkKind.PullOpenLrw => new OpenLrwPullRound(settings, "other-secret", http, journal, new PullIntake(
                settings, journal,
                BatchIntake.OfEvents(
                    CaliperVersion.V1p1, body => Take(() => intake.TakeEvents(body.Span, settings.Authority))),
                id => Store.Find(RecordType.CaliperEvent, id) is not null),
                folder.Clock),
            LinkKind.ForwardXapi => new XapiForwardRound(
                settings, requests, http, journal, Store.List, Store.Attachment, record => MayStore(record.ActorKey)),
            _ => throw new InvalidOperationException(),
        };
    }

    private IntakeResult Take(Func<IntakeResult> take)
    {
        Step();
        IntakeResult result = take();
        Step();
        return result;
    }

    private void Step()
    {
        if (--stepsLeft == 0)
        {
            throw new CrashException();
        }
    }
}
