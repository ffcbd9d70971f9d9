using Ledger.Client.Records;
using Ledger.Node.Records.Caliper;
using Ledger.Node.Records.Import;

namespace Ledger.Node.Records.Connectors;

/// <summary>All links of a node, running. They may be changed while they run; changes come one after another.</summary>
public sealed class LinkSet : IAsyncDisposable
{
    private readonly RecordStore store;
    private readonly RecordIntake intake;
    private readonly ILinkJournal journal;
    private readonly Func<string, bool> mayStore;
    private readonly LinkPace pace;
    private readonly TimeProvider clock;
    private readonly ILogger logger;

    // Replaced as a whole: whoever reads it sees the links before a change, or after it.
    private volatile RunningLink[] running = [];

    private LinkSet(
        RecordStore store,
        RecordIntake intake,
        ILinkJournal journal,
        Func<string, bool> mayStore,
        LinkPace pace,
        TimeProvider clock,
        ILogger logger)
    {
        this.store = store;
        this.intake = intake;
        this.journal = journal;
        this.mayStore = mayStore;
        this.pace = pace;
        this.clock = clock;
        this.logger = logger;
    }

    /// <summary>Makes the links and begins.</summary>
    /// <param name="links">Their settings.</param>
    /// <param name="secretOf">The secret of a link's name.</param>
    /// <param name="store">The store that they fill and empty.</param>
    /// <param name="intake">The way into it.</param>
    /// <param name="journal">What they remember.</param>
    /// <param name="mayStore">Whether an account's records may be stored, and so handed on.</param>
    /// <param name="pace">How often they work.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="logger">Where they log.</param>
    public static LinkSet Start(
        IReadOnlyList<LinkSettings> links,
        Func<string, string> secretOf,
        RecordStore store,
        RecordIntake intake,
        ILinkJournal journal,
        Func<string, bool> mayStore,
        LinkPace pace,
        TimeProvider clock,
        ILogger logger)
    {
        LinkSet set = new(store, intake, journal, mayStore, pace, clock, logger);
        set.running = [.. links.Select(link => set.Make(link, secretOf(link.Name)))];
        foreach (RunningLink link in set.running)
        {
            link.Worker.Start();
        }

        return set;
    }

    /// <summary>The links in order of name.</summary>
    public IReadOnlyList<LinkStatus> Statuses() => [.. running.Select(static link => link.Worker.Status())];

    /// <summary>
    /// Ends the links that are no more or are other ones now, and begins those that are new; each goes on where a link
    /// of its name stood. A secret that is missing throws before anything is changed.
    /// </summary>
    public async Task ChangeAsync(IReadOnlyList<LinkSettings> links, Func<string, string> secretOf)
    {
        (LinkSettings Link, string Secret)[] wanted = [.. links.Select(link => (link, secretOf(link.Name)))];
        RunningLink[] before = running;
        RunningLink[] kept = [.. before.Where(one => wanted.Contains((one.Settings, one.Secret)))];
        RunningLink[] after =
        [
            .. wanted.Select(one => Array.Find(kept, link => link.Settings.Name == one.Link.Name)
                ?? Make(one.Link, one.Secret)),
        ];
        foreach (RunningLink gone in before.Except(kept))
        {
            await gone.Worker.DisposeAsync();
        }

        running = after;
        foreach (RunningLink begun in after.Except(kept))
        {
            begun.Worker.Start();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (RunningLink link in running)
        {
            await link.Worker.DisposeAsync();
        }
    }

    private RunningLink Make(LinkSettings link, string secret)
    {
        LinkHttp http = new(pace, clock);
        XapiRequests requests = new(link, secret);
        ILinkRound round = link.Kind switch
        {
            LinkKind.PullXapi => new XapiPullRound(
                link, requests, http, journal,
                new PullIntake(
                    link, journal,
                    BatchIntake.OfStatements(parts => intake.TakeStatements(
                        parts, new IntakeSource(link.Authority, requests.Version, MayDefine: true))),
                    id => store.Find(RecordType.XapiStatement, id) is not null)),
            LinkKind.PullOpenLrw => new OpenLrwPullRound(
                link, secret, http, journal,
                new PullIntake(
                    link, journal,
                    BatchIntake.OfEvents(
                        CaliperVersion.V1p1, body => intake.TakeEvents(body.Span, link.Authority)),
                    id => store.Find(RecordType.CaliperEvent, id) is not null),
                clock),
            LinkKind.ForwardXapi => new XapiForwardRound(
                link, requests, http, journal, store.List, store.Attachment,
                record => mayStore(record.ActorKey) && !IsFrom(record, link)),
            _ => throw new ArgumentOutOfRangeException(nameof(link)),
        };
        return new RunningLink(link, secret, new LinkWorker(link, round, http, journal, pace, clock, logger));
    }

    // What came from a store is not handed back to it.
    private bool IsFrom(StoredRecord record, LinkSettings target) => running.Any(link =>
        link.Settings.IsPull && link.Settings.Authority == record.Authority && link.Settings.Base == target.Base);

    private sealed record RunningLink(LinkSettings Settings, string Secret, LinkWorker Worker)
    {
        // A secret belongs in no text.
        public override string ToString() => Settings.Name;
    }
}
