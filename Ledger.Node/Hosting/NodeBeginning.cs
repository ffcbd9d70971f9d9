using Ledger.Consensus;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Node.Api;
using Ledger.Node.Chain;
using Ledger.Node.Configuration;
using Ledger.Node.Integrity;
using Ledger.Node.Keys;
using Ledger.Node.Peers;
using Ledger.Node.Snapshots;
using Ledger.Node.Storage;
using Ledger.Primitives;

namespace Ledger.Node.Hosting;

/// <summary>
/// Opens a node's data. A node without blocks asks its peers first: it compares their chains with the checkpoint, and
/// begins with a snapshot where they are far ahead. Meanwhile its API says so.
/// </summary>
public sealed class NodeBeginning(
    NodeConfiguration configuration,
    NodeSecrets secrets,
    byte[] genesisBytes,
    NodeIdentity identity,
    SnapshotMode mode,
    ISignatureVerifier verifier,
    TimeProvider time,
    ILoggerFactory loggers)
{
    private readonly SnapshotFolders folders = new(configuration.Resolve(configuration.Data));

    /// <summary>The checkpoint that the node joined with, or null.</summary>
    public TrustedCheckpoint? Checkpoint { get; } = CheckpointOf(configuration);

    /// <summary>The database and the chain in it.</summary>
    /// <exception cref="OperationCanceledException">The node was told to stop while it was joining.</exception>
    public async Task<(LedgerDatabase Database, ChainState Chain)> OpenAsync(CancellationToken cancellation)
    {
        RequireCheckpoint();
        folders.Finish();
        (LedgerDatabase database, ChainState chain) = OpenStore();
        try
        {
            if (chain.Head.Height > 0 || (mode == SnapshotMode.Never && Checkpoint is null))
            {
                folders.DropStaging();
                return (database, chain);
            }

            // The snapshot's store takes the votes over and seals them anew: what is wrong with them is noted before.
            IReadOnlyList<Finding> votes = VoteLogInspector.Inspect(database, identity.ChainId, chain.Head.Height);
            if (votes.Count > 0)
            {
                DamagedVotes.Note(folders.Data, votes);
            }

            if (!await JoinAsync(database, chain, cancellation))
            {
                return (database, chain);
            }
        }
        catch
        {
            database.Dispose();
            throw;
        }

        database.Dispose();
        folders.Finish();
        return OpenStore();
    }

    /// <summary>How this node proves itself to peers, by what the state says of it.</summary>
    public static PeerCredentials Credentials(
        Hash256 chainId, ChainState chain, NodeSecrets secrets, ISignatureVerifier verifier)
    {
        ulong number = Math.Max(1, chain.Head.State.Institution(secrets.Identity.Address)?.TlsBindingMinimum ?? 1);
        return new PeerCredentials(
            chainId,
            secrets.Tls,
            TlsBindingRules.Create(
                chainId, secrets.Identity.Address, number, secrets.Tls.KeyHash, secrets.Identity.Sign),
            verifier);
    }

    private (LedgerDatabase Database, ChainState Chain) OpenStore() =>
        StoreOpening.Open(folders.Data, genesisBytes, verifier, loggers.CreateLogger("store"));

    private static TrustedCheckpoint? CheckpointOf(NodeConfiguration configuration)
    {
        if (configuration.TrustedCheckpoint is null)
        {
            return null;
        }

        return TrustedCheckpoint.TryParse(configuration.TrustedCheckpoint, out TrustedCheckpoint? checkpoint)
            ? checkpoint
            : throw new ConfigurationException(
                $"trustedCheckpoint in {NodeConfiguration.FileName} is not HEIGHT:HASH. Join again with --checkpoint.");
    }

    // Whoever has a founder's seat was there when the chain began; any other node could be shown a chain that keys
    // which are retired by now have signed.
    private void RequireCheckpoint()
    {
        if (Checkpoint is null && !FounderSeats.Has(Genesis.Parser.ParseFrom(genesisBytes), identity.Address))
        {
            throw new ConfigurationException(
                "This institution has no founder's seat and has joined without a checkpoint. "
                + FounderSeats.HowToGetACheckpoint);
        }
    }

    private async Task<bool> JoinAsync(LedgerDatabase database, ChainState chain, CancellationToken cancellation)
    {
        Uri[] peers = [.. LedgerPeerDirectory.Configured(
                Genesis.Parser.ParseFrom(genesisBytes), configuration.Bootstrap)
            .Where(peer => peer.Key != identity.Address)
            .Select(peer => peer.Value)
            .Distinct()];
        PeerCredentials credentials = Credentials(identity.ChainId, chain, secrets, verifier);
        PeerSnapshotSource[] sources = [.. peers.Select(peer => new PeerSnapshotSource(peer, credentials))];
        JoinProgress progress = new();
        ILogger logger = loggers.CreateLogger("joining");
        SnapshotFetch fetch = new(
            sources, folders, genesisBytes, Checkpoint, verifier, progress, time, logger);
        try
        {
            await using NodeServers server = await NodeServers.StartJoiningAsync(
                configuration, secrets.Tls, new JoiningService(identity, progress), loggers);
            return await new SnapshotJoin(fetch, mode, Checkpoint, progress, time, logger)
                .RunAsync(database, cancellation);
        }
        finally
        {
            foreach (PeerSnapshotSource source in sources)
            {
                source.Dispose();
            }
        }
    }
}
