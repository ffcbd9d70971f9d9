using System.Diagnostics;
using System.Net;

namespace Ledger.Benchmarks.Limits;

/// <summary>How many calls of 256 bytes a second the web server and client of the platform make on this host.</summary>
public static class UnaryRate
{
    /// <summary>The payload of the figures that this is compared with.</summary>
    private const int PayloadBytes = 256;

    /// <summary>
    /// Calls a second of so many callers, over HTTP/2 without TLS, server and callers in this process.
    /// </summary>
    public static async Task<double> MeasureAsync(int callers, TimeSpan span, CancellationToken cancellation)
    {
        await using BytesServer server = await BytesServer.StartAsync(PayloadBytes, certificate: null);
        using HttpClient client = new(new SocketsHttpHandler { UseProxy = false })
        {
            DefaultRequestVersion = HttpVersion.Version20,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        byte[] payload = new byte[PayloadBytes];

        // The first calls open the connection and are compiled.
        await CallUntilAsync(client, server.Address, payload, Stopwatch.GetTimestamp(), span / 4, cancellation);
        long start = Stopwatch.GetTimestamp();
        long[] calls = await Task.WhenAll(Enumerable.Range(0, callers).Select(_ =>
            Task.Run(() => CallUntilAsync(client, server.Address, payload, start, span, cancellation), cancellation)));
        return calls.Sum() / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static async Task<long> CallUntilAsync(
        HttpClient client, Uri address, byte[] payload, long start, TimeSpan span, CancellationToken cancellation)
    {
        long calls = 0;
        while (Stopwatch.GetElapsedTime(start) < span)
        {
            using ByteArrayContent content = new(payload);
            using HttpResponseMessage answer = await client.PostAsync(address, content, cancellation);
            await answer.Content.ReadAsByteArrayAsync(cancellation);
            calls++;
        }

        return calls;
    }
}
