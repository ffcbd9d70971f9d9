using System.Globalization;
using System.Net.Sockets;
using Ledger.Node.Configuration;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace Ledger.Node.Notices;

/// <summary>
/// Hands notices to a mail server. Mail is read on its way: it says who asks and how many requests wait, and neither
/// which records nor what for. The same notice bears the same Message-ID, by which mailboxes tell what came twice.
/// </summary>
public sealed class MailSender : INoticeSender
{
    private readonly MailSettings settings;
    private readonly string institution;
    private readonly string domain;
    private readonly Func<string>? password;
    private readonly ResiliencePipeline pipeline;

    /// <summary>Sends by a server.</summary>
    /// <param name="settings">The server.</param>
    /// <param name="institution">The institution's name.</param>
    /// <param name="domain">Its domain, under which messages are named.</param>
    /// <param name="password">Reads the password; null for a server that asks for none.</param>
    /// <param name="pace">How sending is repeated.</param>
    /// <param name="time">The clock.</param>
    public MailSender(
        MailSettings settings,
        string institution,
        string domain,
        Func<string>? password,
        NoticePace pace,
        TimeProvider time)
    {
        this.settings = settings;
        this.institution = institution;
        this.domain = domain;
        this.password = password;
        pipeline = new ResiliencePipelineBuilder { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = new PredicateBuilder()
                    .Handle<SocketException>().Handle<IOException>().Handle<ServiceNotConnectedException>()
                    .Handle<SmtpProtocolException>().Handle<TimeoutRejectedException>()
                    .Handle<SmtpCommandException>(static refusal => (int)refusal.StatusCode is >= 400 and < 500),
                MaxRetryAttempts = pace.Retries,
                Delay = pace.RetryDelay,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
            })
            .AddTimeout(pace.AttemptTime)
            .Build();
    }

    /// <inheritdoc/>
    public async Task SendAsync(Notice notice, string address, CancellationToken cancellation)
    {
        using MimeMessage message = Message(notice, address);
        try
        {
            await pipeline.ExecuteAsync(async token => await HandOverAsync(message, token), cancellation);
        }
        catch (SmtpCommandException refusal)
        {
            // The server's own words name the address.
            throw new NoticeException(
                FormattableString.Invariant($"The mail server refused with {(int)refusal.StatusCode}."), refusal);
        }
        catch (TimeoutRejectedException late)
        {
            throw new NoticeException("The mail server did not answer in time.", late);
        }
        catch (Exception broken) when (
            broken is SocketException or IOException or ProtocolException or ServiceNotConnectedException
                or AuthenticationException or SslHandshakeException or NotSupportedException
                or UnauthorizedAccessException)
        {
            throw new NoticeException($"The mail server cannot be used ({broken.GetType().Name}).", broken);
        }
    }

    private async Task HandOverAsync(MimeMessage message, CancellationToken cancellation)
    {
        using SmtpClient client = new();
        await client.ConnectAsync(settings.Host, settings.Port, settings.Tls switch
        {
            MailSettings.StartTls => SecureSocketOptions.StartTls,
            MailSettings.FullTls => SecureSocketOptions.SslOnConnect,
            _ => SecureSocketOptions.None,
        }, cancellation);
        if (settings.User is { } user && password is { } read)
        {
            await client.AuthenticateAsync(user, read(), cancellation);
        }

        await client.SendAsync(message, cancellation);
        await client.DisconnectAsync(quit: true, CancellationToken.None);
    }

    private MimeMessage Message(Notice notice, string address)
    {
        MimeMessage message = new();
        message.From.Add(new MailboxAddress(institution, settings.From));
        message.To.Add(new MailboxAddress("", address));
        message.MessageId = $"{notice.Id:D}@{domain}";
        message.Subject = "You are asked for access to your learning records";
        message.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        message.Body = new TextPart("plain") { Text = Text(notice) };
        return message;
    }

    private string Text(Notice notice)
    {
        IEnumerable<string> lines = notice.Requests
            .GroupBy(static one => one.Requester.Length == 0 ? "Somebody" : $"{one.Requester} ({one.Domain})")
            .Select(static asking => string.Create(CultureInfo.InvariantCulture, $"  {asking.Key}: {asking.Count()}"));
        return $"""
            You are asked for access to learning records of yours. Who asks, and how many requests wait for you:

            {string.Join('\n', lines)}

            Look at them, see what they are for, and answer: ledger access inbox
            Whoever gets no answer gets no access.

            This message comes from {institution}, where you gave this address. It names neither records nor purposes,
            because mail is read on its way. To get no more of them: ledger learner notices erase
            """;
    }
}
