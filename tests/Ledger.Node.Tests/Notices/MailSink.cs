using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Ledger.Node.Tests.Notices;

/// <summary>As much of a mail server (RFC 5321) as takes messages, on a free port of this machine.</summary>
internal sealed class MailSink : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentQueue<string> messages = new();
    private readonly ConcurrentQueue<string> recipients = new();
    private readonly Task running;

    public MailSink()
    {
        listener.Start();
        running = Task.Run(AcceptAsync);
    }

    /// <summary>What a recipient is answered, without the text; 250 takes it.</summary>
    public Func<int> RecipientAnswer { get; set; } = static () => 250;

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>The messages that came, each with its headers.</summary>
    public IReadOnlyList<string> Messages => [.. messages];

    public IReadOnlyList<string> Recipients => [.. recipients];

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await running;
        stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                using TcpClient client = await listener.AcceptTcpClientAsync(stop.Token);
                await TryServeAsync(client.GetStream());
            }
        }
        catch (Exception ended) when (stop.IsCancellationRequested
            && ended is OperationCanceledException or SocketException or InvalidOperationException)
        {
            // The test is over.
        }
    }

    private async Task TryServeAsync(NetworkStream stream)
    {
        try
        {
            await ServeAsync(stream);
        }
        catch (IOException)
        {
            // The client has left, as it does after a refusal.
        }
    }

    private async Task ServeAsync(NetworkStream stream)
    {
        using StreamReader reader = new(stream, Encoding.UTF8, leaveOpen: true);
        await SayAsync(stream, "220 sink");
        while (await reader.ReadLineAsync(stop.Token) is { } line)
        {
            string word = line.Split(' ')[0].ToUpperInvariant();
            switch (word)
            {
                case "EHLO" or "HELO" or "MAIL" or "RSET":
                    await SayAsync(stream, "250 sink");
                    break;
                case "RCPT":
                    recipients.Enqueue(line);
                    await SayAsync(stream, $"{RecipientAnswer()} {line}");
                    break;
                case "DATA":
                    await SayAsync(stream, "354 go on");
                    messages.Enqueue(await MessageAsync(reader));
                    await SayAsync(stream, "250 taken");
                    break;
                case "QUIT":
                    await SayAsync(stream, "221 bye");
                    return;
                default:
                    await SayAsync(stream, "502 unknown");
                    break;
            }
        }
    }

    private async Task<string> MessageAsync(StreamReader reader)
    {
        StringBuilder message = new();
        while (await reader.ReadLineAsync(stop.Token) is { } line && line != ".")
        {
            message.Append(line).Append('\n');
        }

        return message.ToString();
    }

    private async Task SayAsync(NetworkStream stream, string line) =>
        await stream.WriteAsync(Encoding.UTF8.GetBytes(line + "\r\n"), stop.Token);
}
