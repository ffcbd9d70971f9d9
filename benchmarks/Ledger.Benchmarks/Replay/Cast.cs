using Ledger.Benchmarks.Load;
using Ledger.Benchmarks.Running;
using Ledger.Client.Keys;
using Ledger.Client.Nodes;
using Ledger.Client.Protos;
using Ledger.Devnet;
using Ledger.Primitives;
using Ledger.Workload;

namespace Ledger.Benchmarks.Replay;

/// <summary>
/// Who acts in the workload: the institutions with their nodes and identity keys, the joining institution, and the
/// learners with keys of their own.
/// </summary>
public sealed class Cast : IDisposable
{
    private readonly LocalConsortium consortium;
    private readonly SigningKey[] institutions;
    private readonly SigningKey[] learners;
    private readonly LedgerClient[] clients;

    /// <summary>Opens the institutions' keys from their nodes' folders, and makes a key for each learner.</summary>
    public Cast(LocalConsortium consortium, int learnerCount)
    {
        this.consortium = consortium;
        IReadOnlyList<DevnetNode> nodes = consortium.Plan.Nodes;
        institutions = [.. nodes.Take(Schools.Founding.Count).Select(OpenKey), SigningKey.Create()];
        learners = [.. Enumerable.Range(0, learnerCount).Select(_ => SigningKey.Create())];
        clients = [.. nodes.Select((node, place) => LocalConsortium.ClientOf(
            LocalConsortium.Ready(node)!, new CallerIdentity(institutions[place].Address, institutions[place])))];
        Invariant.That(Hash256.TryParse(consortium.Plan.ChainId, out Hash256 chainId));
        ChainId = chainId;
    }

    /// <summary>The chain.</summary>
    public Hash256 ChainId { get; }

    /// <summary>The nodes, in the order of the schools.</summary>
    public IReadOnlyList<DevnetNode> Nodes => consortium.Plan.Nodes;

    /// <summary>Where everything of the nodes is.</summary>
    public string Folder => consortium.Plan.Folder;

    /// <summary>Clients of the nodes, each with the identity key of the node's institution.</summary>
    public IReadOnlyList<LedgerClient> Clients => clients;

    /// <summary>The key of a signer of the plan.</summary>
    public SigningKey KeyOf(ActorRole role) => role.Kind switch
    {
        ActorKind.Institution => institutions[role.Index],
        ActorKind.Learner => learners[role.Index],
        _ => throw new InvalidOperationException("an actor kind without a name"),
    };

    /// <summary>The address of an institution.</summary>
    public Address Institution(int index) => institutions[index].Address;

    /// <summary>The address of a learner.</summary>
    public Address Learner(int index) => learners[index].Address;

    /// <summary>What the nodes and their processes count now.</summary>
    public async Task<LedgerCounters> CountAsync(CancellationToken cancellation)
    {
        NodeStatus[] statuses = await Task.WhenAll(clients.Select(client => client.GetStatusAsync(cancellation)));
        return LedgerCounters.Of([.. Nodes.Select(NodeProcess.IdOf)], statuses);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (LedgerClient client in clients)
        {
            client.Dispose();
        }

        foreach (SigningKey key in institutions.Concat(learners))
        {
            key.Dispose();
        }
    }

    private static SigningKey OpenKey(DevnetNode node)
    {
        using Password password = Password.FromFile(node.PasswordFile);
        return KeyFile.OpenSigningKey(Path.Combine(node.Home, "identity.key"), password);
    }
}
