using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Ledger.Devnet;

/// <summary>
/// Chooses free ports. They lie below those that the system gives to outgoing connections, which could take one between
/// its choice and the start of the node; and programs of this kind that choose at the same time reserve them in files.
/// </summary>
public sealed class PortPicker : IDisposable
{
    private const int First = 20_000;

    /// <summary>Linux gives outgoing connections ports from 32768 on.</summary>
    private const int Last = 32_000;

    /// <summary>Many more than are taken on any machine.</summary>
    private const int TriesMax = 2_000;

    // Held until this process ends: its nodes may be stopped and started again meanwhile.
    private static readonly List<FileStream> Reserved = [];
    private readonly List<Socket> taken = [];

    /// <summary>An address with a port that nobody has and that this process has reserved.</summary>
    public string Next(IPAddress address)
    {
        for (int tried = 0; tried < TriesMax; tried++)
        {
            int port = Random.Shared.Next(First, Last);
            if (TryReserve(port) is { } reservation)
            {
                if (TryBind(address, port))
                {
                    Reserved.Add(reservation);
                    return new IPEndPoint(address, port).ToString();
                }

                reservation.Dispose();
            }
        }

        throw new DevnetException($"No free port was found between {First} and {Last} on {address}.");
    }

    /// <summary>Frees the ports for the nodes; their reservations stay.</summary>
    public void Dispose()
    {
        foreach (Socket socket in taken)
        {
            socket.Dispose();
        }
    }

    private bool TryBind(IPAddress address, int port)
    {
        Socket socket = new(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(address, port));
            taken.Add(socket);
            return true;
        }
        catch (SocketException)
        {
            socket.Dispose();
            return false;
        }
    }

    private static FileStream? TryReserve(int port)
    {
        string folder = Path.Combine(Path.GetTempPath(), "ledger-ports");
        Directory.CreateDirectory(folder);
        try
        {
            return new FileStream(
                Path.Combine(folder, port.ToString(CultureInfo.InvariantCulture)),
                FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (Exception taken) when (taken is IOException or UnauthorizedAccessException)
        {
            // Another process has it.
            return null;
        }
    }
}
