using Ledger.Node.Records.Caliper;
using Ledger.Node.Records.Import;

namespace Ledger.Node.Records.Connectors;

/// <summary>All links of a node, running.</summary>
public sealed class LinkSet : IAsyncDisposable
{
    private readonly LinkWorker[] workers;

    private LinkSet(LinkWorker[] workers)
    {
        this.workers = workers;
    }

    /// <summary>A node without links.</summary>
    public static LinkSet None { get; } = new([]);

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
        LinkWorker[] workers = [.. links.Select(link =>
        {
            LinkHttp http = new(pace, clock);
            XapiRequests requests = new(link, secretOf(link.Name));
            ILinkRound round = link.Kind switch
            {
                LinkKind.PullXapi => new XapiPullRound(
                    link, requests, http, journal,
                    new PullIntake(link, journal, new BatchIntake(
                        body => intake.TakeStatements(
                            AttachmentParts.Alone(body), new IntakeSource(link.Authority, requests.Version, true)),
                        RecordBody.Statements))),
                LinkKind.PullOpenLrw => new OpenLrwPullRound(
                    link, secretOf(link.Name), http, journal,
                    new PullIntake(link, journal, new BatchIntake(
                        body => intake.TakeEvents(body.Span, link.Authority),
                        events => RecordBody.Events(events, CaliperVersion.V1p1))),
                    clock),
                LinkKind.ForwardXapi => new XapiForwardRound(
                    link, requests, http, journal, store.List,
                    record => mayStore(record.ActorKey) && !IsFrom(record, link, links)),
                _ => throw new ArgumentOutOfRangeException(nameof(links)),
            };
            return new LinkWorker(link, round, http, journal, pace, clock, logger);
        })];
        foreach (LinkWorker worker in workers)
        {
            worker.Start();
        }

        return new LinkSet(workers);
    }

    /// <summary>The links in order of name.</summary>
    public IReadOnlyList<LinkStatus> Statuses() => [.. workers.Select(worker => worker.Status())];

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (LinkWorker worker in workers)
        {
            await worker.DisposeAsync();
        }
    }

    // What came from a store is not handed back to it.
    private static bool IsFrom(StoredRecord record, LinkSettings target, IReadOnlyList<LinkSettings> links) =>
        links.Any(link => link.IsPull && link.Authority == record.Authority && link.Base == target.Base);
}
