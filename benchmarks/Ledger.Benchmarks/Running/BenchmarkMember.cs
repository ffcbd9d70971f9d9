using Ledger.Client.Keys;
using Ledger.Client.Nodes;
using Ledger.Devnet;
using Ledger.Node.Configuration;
using Ledger.Primitives;

namespace Ledger.Benchmarks.Running;

/// <summary>An institution of a consortium under load: its node's process, its key, and clients of the node.</summary>
public sealed class BenchmarkMember : IDisposable
{
    private readonly ReadyFile ready;

    private BenchmarkMember(DevnetNode node, ReadyFile ready, SigningKey key)
    {
        Node = node;
        this.ready = ready;
        Key = key;
        Client = Connect();
    }

    /// <summary>Its node.</summary>
    public DevnetNode Node { get; }

    /// <summary>The institution's identity key.</summary>
    public SigningKey Key { get; }

    /// <summary>The institution.</summary>
    public Address Address => Key.Address;

    /// <summary>A client for questions beside the load.</summary>
    public LedgerClient Client { get; }

    /// <summary>The node's process.</summary>
    public int ProcessId => ready.ProcessId;

    /// <summary>What the node says of itself: addresses and TLS key.</summary>
    public ReadyFile Ready => ready;

    /// <summary>Opens the key and a client of a node that serves.</summary>
    public static BenchmarkMember Open(DevnetNode node)
    {
        ReadyFile ready = LocalConsortium.Ready(node) ?? throw new BenchmarkException(
            $"{node.Name} does not serve. The end of its log is in {node.LogFile}.");
        using Password password = Password.FromFile(node.PasswordFile);
        return new BenchmarkMember(
            node, ready, KeyFile.OpenSigningKey(Path.Combine(node.Home, "identity.key"), password));
    }

    /// <summary>A client with a connection of its own, which the caller disposes.</summary>
    public LedgerClient Connect() => LocalConsortium.ClientOf(ready, new CallerIdentity(Key.Address, Key));

    /// <inheritdoc/>
    public void Dispose()
    {
        Client.Dispose();
        Key.Dispose();
    }
}
