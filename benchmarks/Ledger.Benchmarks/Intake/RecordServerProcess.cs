using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;

namespace Ledger.Benchmarks.Intake;

/// <summary>A record store in a process of its own.</summary>
public sealed class RecordServerProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly Uri address;

    private RecordServerProcess(Process process, Uri address)
    {
        this.process = process;
        this.address = address;
    }

    /// <summary>Its process.</summary>
    public int ProcessId => process.Id;

    /// <summary>Starts it on an empty file, with the settings that nodes on a shared machine have.</summary>
    public static async Task<RecordServerProcess> StartAsync(string folder, CancellationToken cancellation)
    {
        ProcessStartInfo start = new("dotnet")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            ArgumentList =
            {
                typeof(RecordServerProcess).Assembly.Location, RecordServerCommand.Name, "--folder", folder,
            },
        };
        Ledger.Devnet.NodeProgram.Tune(start);
        Process process = Process.Start(start)!;
        string? line = await process.StandardOutput.ReadLineAsync(cancellation);
        return Uri.TryCreate(line, UriKind.Absolute, out Uri? address)
            ? new RecordServerProcess(process, address)
            : throw new BenchmarkException($"The record store did not start: {line ?? "it has ended"}.");
    }

    /// <summary>A client with the tool's name and secret, which the caller disposes.</summary>
    public HttpClient Connect()
    {
        HttpClient http = new(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = address };
        string pair = $"{RecordServerCommand.Tool}:{RecordServerCommand.Tool}";
        http.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(pair)));
        http.DefaultRequestHeaders.Add("X-Experience-API-Version", "1.0.3");
        return http;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        process.Dispose();
    }
}
