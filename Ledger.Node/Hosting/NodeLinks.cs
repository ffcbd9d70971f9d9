using Ledger.Client.Keys;
using Ledger.Node.Anchoring;
using Ledger.Node.Configuration;
using Ledger.Node.Keys;
using Ledger.Node.Records;
using Ledger.Node.Records.Connectors;

namespace Ledger.Node.Hosting;

/// <summary>The links of the node's folder, at work, and what sees that they are changed.</summary>
internal sealed class NodeLinks : IAsyncDisposable
{
    private readonly LinkSet links;
    private readonly LinkWatch watch;

    /// <summary>Begins; a missing secret or a wrong file stops the node before it serves.</summary>
    public NodeLinks(NodeContext node, NodeStorage storage, IntakeConsent consent)
    {
        NodeConfiguration configuration = node.Configuration;
        string path = configuration.Resolve(LinksFile.FileName);
        FileStamp seen = FileStamp.Of(path);
        links = LinkSet.Start(
            LinksFile.Load(path),
            node.Secrets.LinkSecret,
            storage.Records,
            IntakeOf(node, storage, consent),
            storage.Links,
            consent.MayStore,
            LinkPace.Ordinary,
            node.Time,
            node.Logger("links"));
        watch = new LinkWatch(
            path, seen, links, () => Secrets(configuration), LinkWatch.LookEvery, node.Time, node.Logger("links"));
    }

    /// <summary>The way into the store of what links and files bring.</summary>
    public static RecordIntake IntakeOf(NodeContext node, NodeStorage storage, IntakeConsent consent) =>
        new(storage.Records, node.Time, consent.MayStore) { HasRoom = storage.Disk.HasRoom };

    /// <summary>The links in order of name.</summary>
    public IReadOnlyList<LinkStatus> Statuses() => links.Statuses();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await watch.DisposeAsync();
        await links.DisposeAsync();
    }

    // What a link was given since the node began. Without a file the password was typed once, and is not kept.
    private static IReadOnlyDictionary<string, string>? Secrets(NodeConfiguration configuration)
    {
        if (configuration.PasswordFile is not { } file)
        {
            return null;
        }

        using Password password = Password.FromFile(file);
        return NodeSecrets.LinkSecrets(configuration.Resolve(configuration.Secrets), password);
    }
}
