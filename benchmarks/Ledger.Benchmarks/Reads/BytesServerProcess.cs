using System.Diagnostics;
using Ledger.Primitives;

namespace Ledger.Benchmarks.Reads;

/// <summary>The bare web server in a process of its own.</summary>
public sealed class BytesServerProcess : IAsyncDisposable
{
    private readonly Process process;

    private BytesServerProcess(Process process, Uri address, Hash256 tlsPin)
    {
        this.process = process;
        Address = address;
        TlsPin = tlsPin;
    }

    /// <summary>Where it answers.</summary>
    public Uri Address { get; }

    /// <summary>SHA-256 of its TLS key.</summary>
    public Hash256 TlsPin { get; }

    /// <summary>Its process.</summary>
    public int ProcessId => process.Id;

    /// <summary>Starts it with the settings that nodes on a shared machine have.</summary>
    public static async Task<BytesServerProcess> StartAsync(int answerBytes, CancellationToken cancellation)
    {
        ProcessStartInfo start = new("dotnet")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            ArgumentList =
            {
                typeof(BytesServerProcess).Assembly.Location, BytesServerCommand.Name, "--bytes",
                answerBytes.ToString(System.Globalization.CultureInfo.InvariantCulture),
            },
        };
        Ledger.Devnet.NodeProgram.Tune(start);
        Process process = Process.Start(start)!;
        string? line = await process.StandardOutput.ReadLineAsync(cancellation);
        string[] parts = line?.Split(' ') ?? [];
        return parts.Length == 2 && Hash256.TryParse(parts[1], out Hash256 pin)
            ? new BytesServerProcess(process, new Uri(parts[0]), pin)
            : throw new BenchmarkException($"The web server to compare with did not start: {line ?? "it has ended"}.");
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        process.Dispose();
    }
}
