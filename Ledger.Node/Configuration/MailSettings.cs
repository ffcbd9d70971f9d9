using System.Net;
using System.Text.Json.Serialization;

namespace Ledger.Node.Configuration;

/// <summary>The server that takes a node's mail (SMTP), and from whom it is.</summary>
/// <param name="Host">The server's name or address.</param>
/// <param name="Port">Its port: 587 with starttls, 465 with tls.</param>
/// <param name="From">The sender's mail address.</param>
public sealed record MailSettings(string Host, int Port, string From)
{
    /// <summary>TLS begins after the greeting, and must.</summary>
    public const string StartTls = "starttls";

    /// <summary>TLS from the first byte on.</summary>
    public const string FullTls = "tls";

    /// <summary>No TLS: for a server of this machine alone.</summary>
    public const string NoTls = "none";

    /// <summary>One of starttls, tls and none.</summary>
    public string Tls { get; set; } = StartTls;

    /// <summary>The name to log in with; null for a server that asks for none.</summary>
    public string? User { get; init; }

    /// <summary>File whose first line is the password; beside <see cref="User"/>.</summary>
    public string? PasswordFile { get; init; }

    /// <summary>Why mail cannot be sent like this, with what to do; null when it can.</summary>
    [JsonIgnore]
    public string? Fault
    {
        get
        {
            if (Tls is not (StartTls or FullTls or NoTls))
            {
                return $"notices.mail.tls is '{Tls}' and must be {StartTls}, {FullTls} or {NoTls}.";
            }

            if (Port is < 1 or > IPEndPoint.MaxPort || Host.Length == 0 || !MailNames.IsAddress(From))
            {
                return "notices.mail needs a host, a port, and in from a mail address.";
            }

            if (Tls == NoTls && !(Host == "localhost" || (IPAddress.TryParse(Host, out IPAddress? address)
                && IPAddress.IsLoopback(address))))
            {
                return $"notices.mail.tls is {NoTls} and the server is on another machine: learners' addresses would "
                    + $"go in clear. Set it to {StartTls} or {FullTls}.";
            }

            return (User is null) == (PasswordFile is null)
                ? null
                : "notices.mail.user and notices.mail.passwordFile are set together, or neither.";
        }
    }
}
