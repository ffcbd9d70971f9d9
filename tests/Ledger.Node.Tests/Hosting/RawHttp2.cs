using System.Buffers.Binary;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;
using Ledger.Node.Peers;

namespace Ledger.Node.Tests.Hosting;

/// <summary>An HTTP/2 client that can stop in the middle of anything.</summary>
internal sealed class RawHttp2 : IAsyncDisposable
{
    public const byte Data = 0;
    public const byte Headers = 1;
    public const byte Reset = 3;
    public const byte GoAway = 7;

    private const byte Settings = 4;
    private const byte Ping = 6;
    private const byte Acknowledged = 1;
    private const byte EndHeaders = 4;
    private const int FrameHeaderBytes = 9;

    private readonly TcpClient tcp;
    private readonly SslStream tls;
    private readonly Channel<(byte Kind, int Stream)> heard = Channel.CreateUnbounded<(byte Kind, int Stream)>();
    private readonly SemaphoreSlim writing = new(1);
    private readonly TaskCompletionSource settled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task reading;

    private RawHttp2(TcpClient tcp, SslStream tls)
    {
        this.tcp = tcp;
        this.tls = tls;
        reading = ReadAsync();
    }

    /// <summary>Frames of the server that matter, in order; it ends with the connection.</summary>
    public ChannelReader<(byte Kind, int Stream)> Heard => heard.Reader;

    /// <summary>Ends when the server has closed the connection.</summary>
    public Task Closed => reading;

    public static async Task<RawHttp2> ConnectAsync(IPEndPoint endPoint, TlsIdentity identity)
    {
        TcpClient tcp = new();
        await tcp.ConnectAsync(endPoint);
        SslStream tls = new(tcp.GetStream());
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "localhost",
            ApplicationProtocols = [SslApplicationProtocol.Http2],
            LocalCertificateSelectionCallback = (_, _, _, _, _) => identity.Certificate,
            RemoteCertificateValidationCallback = static (_, _, _, _) => true,
        });
        RawHttp2 raw = new(tcp, tls);
        await raw.WriteAsync("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8.ToArray());
        await raw.SendAsync(Settings, 0, 0, []);

        // Whatever came between the headers of a call would break them.
        await raw.settled.Task;
        return raw;
    }

    /// <summary>Begins a call; without <paramref name="whole"/> more headers seem to come.</summary>
    public Task BeginAsync(int stream, string path, bool whole) =>
        SendAsync(Headers, whole ? EndHeaders : (byte)0, stream, HeaderBlock(path));

    /// <summary>The first bytes of a message, of which it is said that it has so many.</summary>
    public Task SendPartAsync(int stream, int announced, int sent)
    {
        byte[] part = new byte[5 + sent];
        BinaryPrimitives.WriteInt32BigEndian(part.AsSpan(1), announced);
        return SendAsync(Data, 0, stream, part);
    }

    public Task ResetAsync(int stream) => SendAsync(Reset, 0, stream, [0, 0, 0, 8]);

    public async ValueTask DisposeAsync()
    {
        tcp.Close();
        await reading;
        await tls.DisposeAsync();
        writing.Dispose();
    }

    private static byte[] HeaderBlock(string path)
    {
        using MemoryStream block = new();
        (string Name, string Value)[] headers =
        [
            (":method", "POST"), (":scheme", "https"), (":path", path), (":authority", "localhost"),
            ("content-type", "application/grpc"), ("te", "trailers"),
        ];
        foreach ((string name, string value) in headers)
        {
            // A literal without indexing, its lengths below 127.
            block.WriteByte(0);
            block.WriteByte((byte)name.Length);
            block.Write(Encoding.ASCII.GetBytes(name));
            block.WriteByte((byte)value.Length);
            block.Write(Encoding.ASCII.GetBytes(value));
        }

        return block.ToArray();
    }

    private Task SendAsync(byte kind, byte flags, int stream, byte[] payload)
    {
        byte[] frame = new byte[FrameHeaderBytes + payload.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame, payload.Length << 8);
        frame[3] = kind;
        frame[4] = flags;
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(5), stream);
        payload.CopyTo(frame, FrameHeaderBytes);
        return WriteAsync(frame);
    }

    private async Task WriteAsync(byte[] bytes)
    {
        await writing.WaitAsync();
        try
        {
            await tls.WriteAsync(bytes);
        }
        finally
        {
            writing.Release();
        }
    }

    private async Task ReadAsync()
    {
        byte[] header = new byte[FrameHeaderBytes];
        try
        {
            while (true)
            {
                await tls.ReadExactlyAsync(header);
                byte[] payload = new byte[BinaryPrimitives.ReadInt32BigEndian(header) >>> 8];
                await tls.ReadExactlyAsync(payload);
                await TakeAsync(header[3], header[4], BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(5)), payload);
            }
        }
        catch (Exception ended) when (ended is IOException or ObjectDisposedException or InvalidOperationException)
        {
            heard.Writer.Complete();
        }
    }

    private async Task TakeAsync(byte kind, byte flags, int stream, byte[] payload)
    {
        if (kind is Settings or Ping && flags != Acknowledged)
        {
            await SendAsync(kind, Acknowledged, 0, kind == Ping ? payload : []);
            settled.TrySetResult();
        }
        else if (kind is Headers or Reset or GoAway)
        {
            heard.Writer.TryWrite((kind, stream));
        }
    }
}
