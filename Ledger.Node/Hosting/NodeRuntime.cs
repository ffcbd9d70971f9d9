using System.Reflection;
using Ledger.Client.Cohorts;
using Ledger.Client.Keys;
using Ledger.Client.Verification;
using Ledger.Primitives;
using Ledger.Node.Anchoring;
using Ledger.Node.Api;
using Ledger.Node.Box;
using Ledger.Node.Chain;
using Ledger.Node.Cohorts;
using Ledger.Node.Configuration;
using Ledger.Node.Copies;
using Ledger.Node.Custody;
using Ledger.Node.Disclosures;
using Ledger.Node.Exports;
using Ledger.Node.Granted;
using Ledger.Node.Integrity;
using Ledger.Node.Keys;
using Ledger.Node.Membership;
using Ledger.Node.Peers;
using Ledger.Node.Protos;
using Ledger.Node.Records;
using Ledger.Node.Records.Connectors;
using Ledger.Node.Records.Import;
using Ledger.Node.Research;
using Ledger.Node.Snapshots;

namespace Ledger.Node.Hosting;

/// <summary>
/// One node, put together: opens what is on disk, finds where it stood, and starts agreement, peers, API, learning
/// record store and secure box. Disposing it stops them in the opposite order.
/// </summary>
public sealed class NodeRuntime : IAsyncDisposable
{
    private readonly NodeStorage storage;
    private readonly NodePeers peers;
    private readonly NodeAgreement agreement;
    private readonly Anchorer anchorer;
    private readonly NodeServers servers;
    private readonly StoreCare care;
    private readonly NodeLinks links;
    private readonly NodeNotices notices;
    private readonly CampusSource? campus;
    private readonly CopyKeeper copies;

    private NodeRuntime(
        NodeStorage storage,
        NodePeers peers,
        NodeAgreement agreement,
        Anchorer anchorer,
        NodeServers servers,
        StoreCare care,
        NodeLinks links,
        NodeNotices notices,
        CampusSource? campus,
        CopyKeeper copies)
    {
        this.storage = storage;
        this.peers = peers;
        this.agreement = agreement;
        this.anchorer = anchorer;
        this.servers = servers;
        this.care = care;
        this.links = links;
        this.notices = notices;
        this.campus = campus;
        this.copies = copies;
    }

    /// <summary>Starts a node; on return it serves.</summary>
    /// <param name="configuration">Its configuration.</param>
    /// <param name="secrets">Its keys.</param>
    /// <param name="genesisBytes">The genesis document that it joined by.</param>
    /// <param name="mode">Whether it begins with a snapshot where it has no blocks.</param>
    /// <param name="loggers">Where it logs.</param>
    /// <param name="onFailure">Called when agreement has failed and the process must end.</param>
    /// <param name="cancellation">Ends the wait for a snapshot.</param>
    public static async Task<NodeRuntime> StartAsync(
        NodeConfiguration configuration,
        NodeSecrets secrets,
        byte[] genesisBytes,
        SnapshotMode mode,
        ILoggerFactory loggers,
        Action<Exception> onFailure,
        CancellationToken cancellation)
    {
        NodeContext node = new(configuration, secrets, genesisBytes, loggers);
        NodeStorage storage = await NodeStorage.OpenAsync(node, mode, onFailure, cancellation);
        NodePeers peers = new(node, storage);
        NodeAgreement agreement = new(node, storage, peers, onFailure);
        NodeErasure erasure = new(node, storage, agreement);
        erasure.Round.Begin();
        IntakeConsent consent = new(storage.Pairs, storage.Chain);
        NodeLinks links = new(node, storage, consent);
        NodeNotices notices = new(node, storage);
        EmbeddedSource embedded = new(node.Self, storage.Records, storage.Custody);
        CampusSource? campus = CampusOf(node, storage, embedded);
        NodeServers servers = await ServeAsync(
            node, storage, peers, agreement, consent, links, notices, campus ?? (IRecordSource)embedded, erasure);
        agreement.Start();
        peers.Network.Refresh();
        Anchorer anchorer = Anchor(node, storage, agreement, erasure);
        StoreCare care = Care(node, storage, peers, onFailure);
        CopyKeeper copies = new(node.Self, storage.Chain, storage.Copies, node.Time, node.Logger("copies"))
        {
            EndAlso = (head, now) => storage.Limits.End(head.State, now),
        };
        copies.Start();
        return new NodeRuntime(storage, peers, agreement, anchorer, servers, care, links, notices, campus, copies);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await care.DisposeAsync();
        await copies.DisposeAsync();
        await servers.DisposeAsync();
        await notices.DisposeAsync();
        await links.DisposeAsync();
        campus?.Dispose();
        await anchorer.DisposeAsync();
        await agreement.Gossip.DisposeAsync();
        await peers.Network.DisposeAsync();
        agreement.Host.Dispose();
        agreement.KernelWatch.Dispose();
        storage.Records.Dispose();
        storage.Reads.Dispose();
        storage.Cohorts.Dispose();
        storage.Research.Dispose();
        storage.Requests.Dispose();
        storage.Trail.Dispose();
        storage.Purposes.Dispose();
        storage.Custody.Dispose();
        storage.Links.Dispose();
        storage.Notices.Dispose();
        storage.Roster.Dispose();
        storage.Erasures.Dispose();
        storage.Disclosures.Dispose();
        storage.Copies.Dispose();
        storage.Limits.Dispose();
        storage.Keys.Dispose();
        storage.RecordsKey.Dispose();
        storage.Database.Dispose();
    }

    /// <summary>This program's version.</summary>
    public static string Version() =>
        typeof(NodeRuntime).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
        ?? "unknown";

    // The ports open before the kernel runs: what peers tell it until then waits in its queue.
    private static Task<NodeServers> ServeAsync(
        NodeContext node,
        NodeStorage storage,
        NodePeers peers,
        NodeAgreement agreement,
        IntakeConsent consent,
        NodeLinks links,
        NodeNotices notices,
        IRecordSource source,
        NodeErasure erasure)
    {
        ChainState chain = storage.Chain;
        ChainReader reader = storage.Reader;
        CallerAuthentication callers = new(node.ChainId, node.Self, chain, node.Verifier, node.Time);
        NodeStatusSource status = new(
            node.Identity, chain, agreement.Pool, peers.Network, reader.FirstBlock, () => agreement.Watch.View)
        {
            Storage = () => StorageStatusSource.Of(
                node.DataFolder, storage.Database, storage.Disk, storage.Scrubber, storage.Healer, storage.Keys),
            Retention = erasure.Retention.Status,
            StuckSeconds = () => agreement.KernelWatch.StuckSeconds,
        };
        ProofMaker proofs = new(node.GenesisBytes, reader);
        LedgerNodeService api = new(
            status, node.GenesisBytes, node.ChainId, node.Self, callers,
            new Submissions(agreement.Intake, agreement.Gossip, agreement.Outcomes, storage.Disk, node.Time),
            agreement.Outcomes,
            proofs, new BlockQueries(chain, reader), new StateQueries(chain, reader), chain);
        BoxRequestMemory requests = new(storage.Requests, node.Time);
        SecureBoxReads box = BoxOf(node, storage, agreement, proofs, source, requests);
        GrantedReader granted = GrantedOf(node, storage);
        AccessTrailService trail = new(
            callers, chain, reader, new AccessHistory(reader), storage.Trail, node.Secrets.Encryption, node.Time);
        RequestPurposeService purposes = new(
            node.Self, callers, chain, storage.Purposes, node.Secrets.Encryption, node.Time);
        CustodyNodeService custody = new(
            node.ChainId, node.Self, callers, chain,
            new CustodyExport(
                node.ChainId, node.Self, reader, storage.Records,
                new TrailExport(node.ChainId, node.Self, reader, storage.Trail, node.Secrets.Encryption)),
            new CustodyImport(reader, storage.Custody),
            new TrailImport(node.Self, reader, storage.Trail, node.Secrets.Encryption),
            node.Secrets.Encryption, node.Time);
        RecordStandings standings = new(storage.Accounts, chain);
        IntakeReceipts receipts = new(
            node.ChainId, node.Secrets.Identity, chain, proofs, storage.Records, node.Time);
        MembershipService membership = new(
            callers,
            new MemberQueries(
                node.Self, chain, reader, peers.Network, agreement.Heights, () => agreement.Watch.View.KnownHeight,
                node.Time),
            agreement.ReadyCollector,
            new EvidenceQueries(node.ChainId, chain, storage.Database, node.Verifier));
        return NodeServers.StartAsync(
            node.Configuration, node.Secrets.Tls, api, membership,
            new InspectionService(
                callers, chain, new StateLists(reader, proofs), new BlockQueries(chain, reader),
                new EventQueries(chain, reader)),
            new InstitutionNodeService(node.Self, callers, storage.Pairs, storage.Records, standings),
            new LearnerAccountsService(node.Self, callers, storage.Pairs, storage.Claims),
            new RecordStoreService(
                node.Self, callers, storage.Records, standings, receipts,
                new LineImport(NodeLinks.IntakeOf(node, storage, consent)),
                storage.Links, storage.Roster, storage.Pairs, links.Statuses),
            new EarlierRecordsService(node.Self, callers, chain, storage.Earlier, node.Time),
            new RecordFacts(standings, receipts),
            box, CohortsOf(node, storage, agreement, source, requests), ResearchOf(node, storage, callers, source),
            trail, purposes, notices.ServiceOf(callers), custody, erasure.Service(callers, proofs),
            new DisclosureNodeService(
                node.Self, TrustOf(node), callers, chain, storage.Disclosures, node.Time),
            storage.Disclosures, peers.ServiceOf(agreement.Frames), storage.Records, consent,
            granted, new CopyReader(node.Self, chain, storage.Copies, node.Time),
            new GrantedCopiesService(node.Self, callers, chain, reader, granted, storage.Copies, node.Time),
            ExportsOf(node, storage, callers, standings),
            new GrantedLimitsService(
                node.ChainId, node.Self, callers, chain, storage.Limits, node.Secrets.Encryption, node.Time),
            storage.Pairs, storage.Disk, node.Time, node.Loggers);
    }

    private static LearnerExportService ExportsOf(
        NodeContext node, NodeStorage storage, CallerAuthentication callers, RecordStandings standings) => new(
        node.Self, callers, storage.Chain,
        new HeldRecords(storage.Records, standings),
        new HeldPlaces(
            storage.Pairs, storage.Claims, storage.Roster, storage.Notices, storage.Earlier, storage.Erasures,
            storage.Disclosures),
        new HeldTrail(
            node.Self, storage.Reader, storage.Trail, storage.Purposes, node.Secrets.Encryption, storage.Copies,
            storage.Custody, storage.Limits),
        new WordSigner(node.ChainId, node.Secrets.Identity, node.Time),
        node.Time);

    private static GrantedReader GrantedOf(NodeContext node, NodeStorage storage) => new(
        node.ChainId, node.Secrets.Identity, TrustOf(node), storage.Chain,
        new GrantedSources(node.Self, storage.Reader, storage.Limits.Find),
        new BoxCalls(node.ChainId, node.Time).AskAsync, node.Time);

    private static TrustRoot TrustOf(NodeContext node) =>
        TrustRoot.TryFromGenesis(node.GenesisBytes, out TrustRoot? trust)
            ? trust
            : throw new InvariantException("a node's genesis document is one that can be trusted");

    private static SecureBoxReads BoxOf(
        NodeContext node,
        NodeStorage storage,
        NodeAgreement agreement,
        ProofMaker proofs,
        IRecordSource source,
        BoxRequestMemory requests)
    {
        TrailWriter trail = new(
            node.ChainId, node.Secrets.Identity, storage.Trail, agreement.Intake, agreement.Gossip.Tell,
            agreement.Outcomes, node.Time, node.Logger("box"));
        OwnIds ids = new(
            storage.Records, new LocatorKey(NodeSecrets.LocatorKeyVersion, node.Secrets.LocatorKey),
            storage.Pairs.Find);
        EmbeddedSource embedded = new(node.Self, storage.Records, storage.Custody);
        RecordReleaser releaser = new(
            node.Self, storage.Reader, proofs, source, ids, new CorrectionBook(embedded));
        return new SecureBoxReads(
            node.ChainId, node.Secrets.Identity, storage.Chain, agreement.FreshReads.HeadAsync, releaser, storage.Reads,
            new ReadEntries(node.ChainId, node.Self, node.Secrets.Encryption, node.Time), trail.EnterAsync,
            requests, node.Verifier, node.Time, node.Logger("box"))
        {
            Features = new FeatureReleaser(
                node.ChainId, node.Secrets.Identity, storage.Reader, proofs, new FeatureScan(source)),
        };
    }

    private static CohortCounts CohortsOf(
        NodeContext node,
        NodeStorage storage,
        NodeAgreement agreement,
        IRecordSource source,
        BoxRequestMemory requests) => new(
        node.ChainId, node.Secrets.Identity, storage.Chain, agreement.FreshReads.HeadAsync,
        new CohortScan(node.Self, storage.Reader, source), storage.Cohorts, requests, node.Configuration.CohortSize,
        node.Verifier, node.Time, node.Logger("box"));

    private static ResearchService ResearchOf(
        NodeContext node, NodeStorage storage, CallerAuthentication callers, IRecordSource source) => new(
        node.Self, callers,
        new ResearchExports(
            storage.Chain, new ResearchScan(node.Self, storage.Reader, source), storage.Research,
            Math.Max(node.Configuration.CohortSize, CohortLimits.LearnersMinUsual), node.Time),
        storage.Research);

    private static CampusSource? CampusOf(NodeContext node, NodeStorage storage, EmbeddedSource embedded)
    {
        if (node.Configuration.CampusStore is not { } name)
        {
            return null;
        }

        LinkSettings? link = LinksFile.Load(node.Configuration.Resolve(LinksFile.FileName))
            .FirstOrDefault(link => link.Name == name && link.Kind == LinkKind.PullXapi);
        return link is null
            ? throw new ConfigurationException(
                $"campusStore names {name}, which is no link of kind pull-xapi. See: ledger link list")
            : new CampusSource(
                node.Self, storage.Records, embedded, link, node.Secrets.LinkSecret(name), node.Time);
    }

    private static Anchorer Anchor(
        NodeContext node, NodeStorage storage, NodeAgreement agreement, NodeErasure erasure) => new(
        node.ChainId, node.Secrets.Identity, storage.Chain, storage.Records,
        new AnchorPlanner(node.Self, storage.Records, storage.Accounts, storage.Index, node.Time),
        new ClaimPairing(node.Self, storage.Chain, storage.Pairs, storage.Claims, node.Logger("anchoring")),
        erasure.Round,
        agreement.Intake, agreement.Gossip, agreement.Outcomes, node.Time, node.Logger("anchoring"));

    private static StoreCare Care(
        NodeContext node, NodeStorage storage, NodePeers peers, Action<Exception> onFailure) => new(
        storage.Database,
        storage.Disk,
        storage.Scrubber,
        storage.Healer,
        () => [.. peers.Directory.Validators.Select(peer => peer.Address)],
        (peer, height) => peers.Network.Send(
            peer, new Frame { BlockRequest = new BlockRequest { FromHeight = height } }, FrameQueue.Urgent),
        onFailure,
        node.Time);
}
