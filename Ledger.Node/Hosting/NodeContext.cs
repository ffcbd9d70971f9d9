using Ledger.Client.Keys;
using Ledger.Contracts.Execution;
using Ledger.Node.Api;
using Ledger.Node.Configuration;
using Ledger.Node.Keys;
using Ledger.Node.Sealing;
using Ledger.Primitives;

namespace Ledger.Node.Hosting;

/// <summary>What a node is given at its start, and what follows from that alone: nothing is opened here.</summary>
internal sealed class NodeContext
{
    public NodeContext(
        NodeConfiguration configuration, NodeSecrets secrets, byte[] genesisBytes, ILoggerFactory loggers)
    {
        Configuration = configuration;
        Secrets = secrets;
        GenesisBytes = genesisBytes;
        Loggers = loggers;
        Genesis = GenesisState.Build(genesisBytes);
        Identity = new NodeIdentity(
            TaggedHash.Of(Tags.Genesis, genesisBytes), Genesis.Document.Name, secrets.Identity.Address,
            configuration.Name, NodeRuntime.Version(), "https://" + configuration.ApiListen,
            configuration.LrsAddress);
        RecordsKey = new RecordsKey(
            secrets.RecordsSecret ?? throw new InvariantException("a node that runs has the secret of its records"));
        DataFolder = configuration.Resolve(configuration.Data);
    }

    public NodeConfiguration Configuration { get; }

    public NodeSecrets Secrets { get; }

    /// <summary>Of the secret under which records rest.</summary>
    public RecordsKey RecordsKey { get; }

    public byte[] GenesisBytes { get; }

    public GenesisState Genesis { get; }

    public NodeIdentity Identity { get; }

    public string DataFolder { get; }

    public ILoggerFactory Loggers { get; }

    public TimeProvider Time { get; } = TimeProvider.System;

    public ISignatureVerifier Verifier { get; } = Ed25519Verifier.Instance;

    public Hash256 ChainId => Identity.ChainId;

    /// <summary>The institution's address.</summary>
    public Address Self => Identity.Address;

    public ILogger Logger(string category) => Loggers.CreateLogger(category);
}
