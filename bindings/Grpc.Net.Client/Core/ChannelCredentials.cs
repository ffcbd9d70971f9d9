namespace Grpc.Core;

/// <summary>Whether a channel uses TLS; its certificates are those of the channel's HTTP handler.</summary>
public abstract class ChannelCredentials
{
    private protected ChannelCredentials()
    {
    }

    /// <summary>No TLS: for addresses that begin with <c>http</c>.</summary>
    public static ChannelCredentials Insecure { get; } = new InsecureCredentials();

    /// <summary>TLS: for addresses that begin with <c>https</c>.</summary>
    public static ChannelCredentials SecureSsl { get; } = new SecureSslCredentials();

    internal abstract string UriScheme { get; }

    private sealed class InsecureCredentials : ChannelCredentials
    {
        internal override string UriScheme => Uri.UriSchemeHttp;
    }

    private sealed class SecureSslCredentials : ChannelCredentials
    {
        internal override string UriScheme => Uri.UriSchemeHttps;
    }
}
