using System.Diagnostics;
using System.Net.Sockets;
using System.Threading.Channels;

namespace Ledger.PeerNetwork;

/// <summary>One direction of one connection, under the conditions of its path.</summary>
internal static class Flow
{
    private const int PieceBytesMax = 16 * 1024;

    /// <summary>Pieces under way; a sender that is faster than the path waits, as TCP would make it.</summary>
    private const int PiecesMax = 256;

    /// <summary>Carries bytes unchanged until one end closes; then the other end is told.</summary>
    public static async Task RunAsync(Socket from, Socket to, PathConditions path, CancellationToken cancellation)
    {
        Channel<Piece> underWay = Channel.CreateBounded<Piece>(PiecesMax);
        Task reading = ReadAsync(from, underWay.Writer, cancellation);
        await foreach (Piece piece in underWay.Reader.ReadAllAsync(cancellation))
        {
            TimeSpan left = path.Delay - Stopwatch.GetElapsedTime(piece.Arrived);
            if (left > TimeSpan.Zero)
            {
                await Task.Delay(left, cancellation);
            }

            if (path.BytesPerSecond is > 0 and int rate)
            {
                await Task.Delay(TimeSpan.FromSeconds((double)piece.Bytes.Length / rate), cancellation);
            }

            await path.PassAsync(cancellation);
            for (int sent = 0; sent < piece.Bytes.Length;)
            {
                sent += await to.SendAsync(piece.Bytes.AsMemory(sent), cancellation);
            }
        }

        await reading;
        await path.PassAsync(cancellation);
        to.Shutdown(SocketShutdown.Send);
    }

    private static async Task ReadAsync(Socket from, ChannelWriter<Piece> underWay, CancellationToken cancellation)
    {
        byte[] buffer = new byte[PieceBytesMax];
        try
        {
            int read;
            while ((read = await from.ReceiveAsync(buffer, cancellation)) > 0)
            {
                await underWay.WriteAsync(new Piece(buffer[..read], Stopwatch.GetTimestamp()), cancellation);
            }
        }
        finally
        {
            underWay.Complete();
        }
    }

    private readonly record struct Piece(byte[] Bytes, long Arrived);
}
