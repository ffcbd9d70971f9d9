using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Ledger.Primitives;

namespace Ledger.Client.Nodes;

/// <summary>
/// The HTTP handler of a channel: it accepts the one TLS key that is pinned, whatever certificate bears it. End dates
/// do not
/// matter: the pin alone says who the node is.
/// </summary>
internal sealed class PinnedHandler : IDisposable
{
    // A node that does not answer a connection in this time is as good as down.
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    // Pings keep idle streams alive through middleboxes and notice a dead node.
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(30);

    private readonly Hash256? pin;

    public PinnedHandler(Hash256? pin)
    {
        this.pin = pin;
        Handler = new SocketsHttpHandler
        {
            ConnectTimeout = ConnectTimeout,
            KeepAlivePingDelay = KeepAlive,
            KeepAlivePingTimeout = KeepAlive,
            EnableMultipleHttp2Connections = true,
            UseProxy = false,
            SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = Accept },
        };
    }

    public SocketsHttpHandler Handler { get; }

    /// <summary>Whether a server showed another key than the pinned one.</summary>
    public bool SawOtherKey { get; private set; }

    public void Dispose() => Handler.Dispose();

    private bool Accept(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        using X509Certificate2? shown = certificate is null ? null : new X509Certificate2(certificate);
        bool isPinned = shown is not null && pin is { } expected && expected == HashOf(shown);
        SawOtherKey |= !isPinned;
        return isPinned;
    }

    private static Hash256 HashOf(X509Certificate2 certificate) =>
        new(SHA256.HashData(certificate.PublicKey.ExportSubjectPublicKeyInfo()));
}
