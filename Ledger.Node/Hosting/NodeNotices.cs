using System.Collections.Frozen;
using System.Net.Security;
using Ledger.Client.Keys;
using Ledger.Node.Api;
using Ledger.Node.Configuration;
using Ledger.Node.Notices;

namespace Ledger.Node.Hosting;

/// <summary>The telling of learners, put together: the ways that the settings give it, and the worker.</summary>
internal sealed class NodeNotices : IAsyncDisposable
{
    private readonly NodeContext node;
    private readonly NodeStorage storage;
    private readonly WebhookSender webhooks;
    private readonly NoticeWorker worker;

    /// <summary>Begins to tell.</summary>
    /// <exception cref="ConfigurationException">The settings cannot be used.</exception>
    public NodeNotices(NodeContext node, NodeStorage storage)
    {
        this.node = node;
        this.storage = storage;
        NoticeSettings settings = node.Configuration.Notices;
        if (settings.Fault is { } fault)
        {
            throw new ConfigurationException(fault);
        }

        webhooks = new WebhookSender(
            node.ChainId, node.Secrets.Identity, settings.PrivateAddresses, new SslClientAuthenticationOptions(),
            NoticePace.Ordinary, node.Time);
        Dictionary<NoticeChannel, INoticeSender> senders = new() { [NoticeChannel.Webhook] = webhooks };
        if (settings.Mail is { } mail)
        {
            senders[NoticeChannel.Mail] = MailOf(mail);
        }

        ILogger logger = node.Logger("notices");
        worker = new NoticeWorker(
            new NoticeTeller(
                node.Self, storage.Notices, new WaitingRequests(storage.Chain, storage.Reader),
                senders.ToFrozenDictionary(), NoticePace.Ordinary, node.Time, logger),
            storage.Chain, NoticePace.Ordinary, node.Time, logger);
    }

    /// <summary>What learners say to.</summary>
    public NoticeService ServiceOf(CallerAuthentication callers)
    {
        NoticeService service = new(
            node.Self, callers, storage.Chain, storage.Notices, node.Configuration.Notices.Mail is not null,
            node.Time);
        service.Changed += worker.Look;
        return service;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await worker.DisposeAsync();
        webhooks.Dispose();
    }

    private MailSender MailOf(MailSettings mail)
    {
        NodeConfiguration configuration = node.Configuration;
        Func<string>? password = mail.PasswordFile is { } file
            ? () =>
            {
                using Password read = Password.FromFile(configuration.Resolve(file));
                return System.Text.Encoding.UTF8.GetString(read.Bytes);
            }
            : null;
        return new MailSender(
            mail, configuration.Name, configuration.Domain, password, NoticePace.Ordinary, node.Time);
    }
}
