using System.CommandLine;
using Ledger.Benchmarks.Limits;
using Ledger.Benchmarks.Running;
using Ledger.Node.Commands;
using Ledger.Node.Peers;

namespace Ledger.Benchmarks.Reads;

/// <summary>
/// <c>bytes-server</c>: the bare web server as a process of its own, as a node is. It ends when its input does, so
/// that it never outlives who started it.
/// </summary>
public static class BytesServerCommand
{
    /// <summary>The command's name.</summary>
    public const string Name = "bytes-server";

    /// <summary>The largest answer of a node.</summary>
    private const int BytesMax = Ledger.Node.Api.ApiLimits.AnswerBytesMax;

    /// <summary>The command; other commands start it, people hardly.</summary>
    public static Command Create()
    {
        Option<int> bytes = RunOptions.Number("--bytes", "Bytes of each answer.", 1024, 1, BytesMax);
        Command command = new(
            Name, "Answer so many bytes over HTTP/2 with TLS, until the input ends.\n"
            + "Example: ./ledger bench bytes-server --bytes 1024")
        {
            bytes,
        };
        command.Hidden = true;
        command.SetAction((result, cancellation) => RunAsync(result.GetRequiredValue(bytes), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(int bytes, CancellationToken cancellation)
    {
        using TlsIdentity tls = TlsIdentity.Load(TlsIdentity.Generate(Name, TimeProvider.System.GetUtcNow()));
        await using BytesServer server = await BytesServer.StartAsync(bytes, tls.Certificate);
        Console.WriteLine($"{server.Address} {tls.KeyHash}");
        await Task.WhenAny(Console.In.ReadToEndAsync(cancellation));
        return ExitCode.Done;
    }
}
