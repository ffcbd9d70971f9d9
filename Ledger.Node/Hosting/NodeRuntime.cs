using System.Reflection;
using System.Security.Cryptography;
using Ledger.Client.Keys;
using Ledger.Consensus;
using Ledger.Contracts.Execution;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Node.Agreement;
using Ledger.Node.Anchoring;
using Ledger.Node.Api;
using Ledger.Node.Box;
using Ledger.Node.Chain;
using Ledger.Node.Configuration;
using Ledger.Node.Gossip;
using Ledger.Node.Integrity;
using Ledger.Node.Keys;
using Ledger.Node.Membership;
using Ledger.Node.Peers;
using Ledger.Node.Pool;
using Ledger.Node.Protos;
using Ledger.Node.Records;
using Ledger.Node.Snapshots;
using Ledger.Node.Storage;
using Ledger.Primitives;
using Microsoft.Data.Sqlite;

namespace Ledger.Node.Hosting;

/// <summary>
/// One node, put together: opens what is on disk, finds where it stood, and starts agreement, peers, API, learning
/// record store and secure box. Disposing it stops them in the opposite order.
/// </summary>
public sealed class NodeRuntime : IAsyncDisposable
{
    private readonly LedgerDatabase database;
    private readonly RecordStore records;
    private readonly KernelHost host;
    private readonly PeerNetwork network;
    private readonly TransactionGossip gossip;
    private readonly Anchorer anchorer;
    private readonly NodeServers servers;
    private readonly StoreCare care;

    private NodeRuntime(
        LedgerDatabase database,
        RecordStore records,
        KernelHost host,
        PeerNetwork network,
        TransactionGossip gossip,
        Anchorer anchorer,
        NodeServers servers,
        StoreCare care)
    {
        this.database = database;
        this.records = records;
        this.host = host;
        this.network = network;
        this.gossip = gossip;
        this.anchorer = anchorer;
        this.servers = servers;
        this.care = care;
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
        TimeProvider time = TimeProvider.System;
        Ed25519Verifier verifier = Ed25519Verifier.Instance;
        GenesisState genesis = GenesisState.Build(genesisBytes);
        Hash256 chainId = TaggedHash.Of(Tags.Genesis, genesisBytes);
        Address self = secrets.Identity.Address;
        string data = configuration.Resolve(configuration.Data);
        ILogger storeLogger = loggers.CreateLogger("store");
        DiskGuard disk = DiskGuard.Of(data, storeLogger);
        disk.RequireRoom();
        NodeIdentity identity = new(
            chainId, genesis.Document.Name, self, configuration.Name, Version(),
            "https://" + configuration.ApiListen, "http://" + configuration.LrsListen);
        NodeBeginning beginning = new(
            configuration, secrets, genesisBytes, identity, mode, verifier, time, loggers);
        (LedgerDatabase database, ChainState chain) = await beginning.OpenAsync(cancellation);
        database.Failed += onFailure;
        RecordStore records = OpenRecords(configuration, secrets, time);
        BlockInspector inspector = new(database, chainId, new EpochSets(database, genesis), verifier);
        BlockHealer healer = new(data, database, inspector, chainId, time, storeLogger);
        Scrubber scrubber = new(data, database, chain, inspector, healer, storeLogger);
        ChainReader reader = new(database) { OnDamaged = healer.Report };
        LedgerPeerDirectory directory = new(self, chain, configuration.Bootstrap);
        PeerCredentials credentials = NodeBeginning.Credentials(chainId, chain, secrets, verifier);
        TransactionPool pool = new(time);
        KernelHost host = new(onFailure);
        PeerClocks clocks = new(time, loggers.CreateLogger("clock"));
        PeerNetwork network = new(directory, credentials, clocks, loggers);
        SnapshotServer snapshotServer = new(chain, reader, database, new SnapshotPins(chain, time));
        FetchedBodies fetched = new();
        BodyStore bodies = new(pool, fetched, database, chainId, verifier);
        RecordIndex index = new(database);
        BlockAssembler assembler = new(chainId, chain, pool, index, bodies, fetched, time, host, network);
        VoteKeyUse voteKey = new(configuration, chainId, loggers.CreateLogger("votes"));
        VotingStop votingStop = new(configuration, loggers.CreateLogger("votes"));
        ConsensusStore store = new(database, new ChainWriter(), assembler, chain, voteKey.Mark);
        TransactionIntake intake = new(chainId, chain, pool, fetched, verifier, time);
        TransactionGossip gossip = new(network, pool);
        FreshReads freshReads = new(
            chainId, self, secrets.Identity, chain, network, directory, verifier, () => store.CommitSignedHeight);
        PeerHeights heights = new();
        ReadyAnswers readyAnswers = new(self, chain, host, network);
        ReadyCollector readyCollector = new(chainId, self, chain, network, readyAnswers, verifier, time);
        FrameHandler frames = new(
            chainId, chain, reader, bodies, intake, fetched, host, network, freshReads, heights, readyAnswers,
            readyCollector, healer, verifier);
        OutcomeTracker outcomes = new(chain, reader);
        LearnerPairs pairs = new(database);
        ReplicaKernel kernel = Recover(
            data, chainId, self, chain, store, beginning.Checkpoint, secrets, voteKey, votingStop, verifier, assembler,
            network, database, loggers);
        ReplicaWatch watch = new(kernel, host, assembler, heights, votingStop);
        pool.WorkChanged += pending => host.Post(new Input.WorkChanged(pending));
        pool.Arrived += assembler.OnBodyArrived;
        fetched.Arrived += assembler.OnBodyArrived;
        host.EveryQuarterSecond = () =>
        {
            assembler.AskForMissing();
            watch.Look();
            network.Prune();

            // No leader whose clock is within the limit can put these into a block any more (C-7: nothing keeps timers
            // running).
            pool.RemoveExpired(time.GetUtcNow().ToUnixTimeMilliseconds() - BlockLimits.ClockSkewMsMax);
        };
        chain.Decided += block =>
        {
            pool.Remove(block.Transactions.Select(transaction => transaction.Id));
            pool.RemoveExpired(block.Block.Header.TimeUnixMs + 1);
            fetched.OnDecided(block.Block.Leaves);
            bool ends = block.Result.Events.Any(one => one.Kind == ContractEventKind.InstitutionRevoked);
            if (ends || block.Block.Header.EndsEpoch)
            {
                network.Refresh();
            }
        };

        CallerAuthentication callers = new(chainId, self, chain, verifier, time);
        NodeStatusSource status = new(
            identity, chain, pool, network, reader.FirstBlock, () => watch.View)
        {
            Storage = () => StorageStatusSource.Of(data, disk, scrubber, healer),
        };
        ProofMaker proofs = new(genesisBytes, reader);
        LedgerNodeService api = new(
            status, genesisBytes, chainId, self, callers, new Submissions(intake, gossip, outcomes, disk), outcomes,
            proofs,
            new BlockQueries(chain, reader), new StateQueries(chain, reader), chain);
        SecureBoxService box = new(
            chainId, secrets.Identity, chain, freshReads, new RecordReleaser(self, reader, proofs, records),
            new BoxRequestMemory(time), verifier, time);
        MembershipService membership = new(
            callers,
            new MemberQueries(self, chain, reader, network, heights, () => watch.View.KnownHeight, time),
            readyCollector,
            new EvidenceQueries(chainId, chain, database, verifier));
        NodeServers servers = await NodeServers.StartAsync(
            configuration, secrets.Tls, api, membership, new InstitutionNodeService(self, callers, pairs, records), box,
            new PeerService(
                credentials, directory, new PeerAdmissions(), clocks, network, frames,
                new SnapshotPort(snapshotServer, time)),
            records, time, loggers);
        host.Start(kernel);
        network.Refresh();
        Anchorer anchorer = new(
            chainId, secrets.Identity, chain, records, new AnchorPlanner(self, records, pairs, index, time),
            intake, gossip, outcomes, time, loggers.CreateLogger("anchoring"));
        StoreCare care = new(
            disk,
            scrubber,
            healer,
            () => [.. directory.Validators.Select(peer => peer.Address)],
            (peer, height) => network.Send(
                peer, new Frame { BlockRequest = new BlockRequest { FromHeight = height } }, FrameQueue.Urgent),
            onFailure,
            time);
        return new NodeRuntime(database, records, host, network, gossip, anchorer, servers, care);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await care.DisposeAsync();
        await servers.DisposeAsync();
        await anchorer.DisposeAsync();
        await gossip.DisposeAsync();
        await network.DisposeAsync();
        host.Dispose();
        records.Dispose();
        database.Dispose();
    }

    /// <summary>This program's version.</summary>
    public static string Version() =>
        typeof(NodeRuntime).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
        ?? "unknown";

    private static RecordStore OpenRecords(NodeConfiguration configuration, NodeSecrets secrets, TimeProvider time)
    {
        string folder = configuration.Resolve(configuration.Records);
        try
        {
            Directory.CreateDirectory(folder);
            return new RecordStore(
                Path.Combine(folder, "records.sqlite"),
                new LocatorKey(NodeSecrets.LocatorKeyVersion, secrets.LocatorKey),
                time);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or SqliteException)
        {
            throw new StorageFailedException(
                $"The records folder {folder} cannot be used: {problem.Message} Check its owner and the free space.",
                problem);
        }
    }

    private static ReplicaKernel Recover(
        string data,
        Hash256 chainId,
        Address self,
        ChainState chain,
        ConsensusStore store,
        TrustedCheckpoint? checkpoint,
        NodeSecrets secrets,
        VoteKeyUse voteKey,
        VotingStop votingStop,
        ISignatureVerifier verifier,
        BlockAssembler assembler,
        PeerNetwork network,
        LedgerDatabase database,
        ILoggerFactory loggers)
    {
        LedgerHead head = chain.Head;
        bool votesAreWhole = VoteLogRecovery.IsWhole(
            data, database, chainId, head.Height, votingStop, loggers.CreateLogger("votes"));
        (ReadOnlyMemory<byte> voteState, System.Collections.Immutable.ImmutableArray<StoredItem> items) =
            votesAreWhole ? store.Load() : (default, []);
        votingStop.Remind();
        if (votesAreWhole && !voteKey.MayVote(hasVoteState: !voteState.IsEmpty))
        {
            votingStop.Stop(head.Height);
        }

        RecoveredState recovered = new(
            chainId, self, head.Height, head.BlockHash, head.Header.TimeUnixMs, head.View, head.NextEpoch, head.NextSet,
            StartNonce(), voteState, items);
        VoteSigner? signer = votingStop.IsStopped ? null : new VoteSigner(secrets.Votes);
        return ReplicaKernel.Recover(recovered, new KernelPorts(
            new PeerPort(network), checkpoint is null ? store : new CheckpointGuard(store, checkpoint),
            signer, verifier, assembler,
            new EvidenceLog(database, loggers.CreateLogger("evidence"))));
    }

    // Not 0, which asks nobody (S-9).
    private static ulong StartNonce() => BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong))) | 1;
}
