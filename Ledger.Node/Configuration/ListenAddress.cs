using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Ledger.Node.Configuration;

/// <summary>An address and port to listen on, written ADDRESS:PORT.</summary>
public static class ListenAddress
{
    /// <summary>Reads ADDRESS:PORT.</summary>
    /// <exception cref="ConfigurationException">It is not of that form.</exception>
    public static IPEndPoint Parse(string text, string what) =>
        IPEndPoint.TryParse(text, out IPEndPoint? endPoint) && endPoint.Port != 0
            ? endPoint
            : throw new ConfigurationException(
                $"{what} must be ADDRESS:PORT, for instance 127.0.0.1:7101; it is \"{text}\".");

    /// <summary>Whether this machine alone reaches what listens there.</summary>
    public static bool IsThisMachine(IPEndPoint endPoint) => IPAddress.IsLoopback(endPoint.Address);

    /// <summary>Fails with a clear text where the port cannot be had.</summary>
    /// <exception cref="ConfigurationException">The port is in use, or the address is not this machine's.</exception>
    public static void RequireFree(IPEndPoint endPoint, string what)
    {
        try
        {
            using Socket probe = new(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            probe.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            probe.Bind(endPoint);
            probe.Listen(1);
        }
        catch (SocketException problem)
        {
            string reason = problem.SocketErrorCode switch
            {
                SocketError.AddressAlreadyInUse => "the port is in use by another program",
                SocketError.AddressNotAvailable => "the address is not one of this machine's",
                SocketError.AccessDenied => "this user may not open the port",
                _ => problem.Message,
            };
            throw new ConfigurationException(string.Create(
                CultureInfo.InvariantCulture,
                $"{what} cannot listen on {endPoint}: {reason}. Choose another one in {NodeConfiguration.FileName}."));
        }
    }
}
