using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;

namespace Ledger.EndToEnd.Tests.BadInput;

/// <summary>Connections that do not speak the port's language.</summary>
public static class HostileBytes
{
    /// <summary>A port closes what it does not understand; one that only waits for more meets this.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(3);

    /// <summary>Sends bytes and hangs up once the port has answered, closed or waited for more.</summary>
    public static async Task SendAsync(string address, byte[] bytes)
    {
        using TcpClient client = new();
        await client.ConnectAsync(IPEndPoint.Parse(address));
        await ExchangeAsync(client.GetStream(), bytes);
    }

    /// <summary>Sends bytes inside TLS, without a certificate; answers whether the port let the bytes in.</summary>
    public static async Task<bool> SendOverTlsAsync(string address, byte[] bytes)
    {
        using TcpClient client = new();
        await client.ConnectAsync(IPEndPoint.Parse(address));
        await using SslStream stream = new(client.GetStream());
        SslClientAuthenticationOptions options = new()
        {
            TargetHost = "localhost",
            ApplicationProtocols = [SslApplicationProtocol.Http2],
            RemoteCertificateValidationCallback = static (_, _, _, _) => true,
        };
        try
        {
            await stream.AuthenticateAsClientAsync(options);
            return await ExchangeAsync(stream, bytes);
        }
        catch (AuthenticationException)
        {
            return false;
        }
    }

    private static async Task<bool> ExchangeAsync(Stream stream, byte[] bytes)
    {
        using CancellationTokenSource limit = new(Limit);
        try
        {
            await stream.WriteAsync(bytes, limit.Token);
            return await stream.ReadAsync(new byte[1024], limit.Token) > 0;
        }
        catch (Exception ended) when (ended is IOException or SocketException or OperationCanceledException)
        {
            // It hung up, or it waits for more of something that does not come.
            return false;
        }
    }
}
