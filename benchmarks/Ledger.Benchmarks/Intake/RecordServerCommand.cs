using System.CommandLine;
using System.Net;
using System.Security.Cryptography;
using Ledger.Benchmarks.Running;
using Ledger.Node.Commands;
using Ledger.Node.Configuration;
using Ledger.Node.Hosting;
using Ledger.Node.Peers;
using Ledger.Node.Records;
using Ledger.Node.Sealing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace Ledger.Benchmarks.Intake;

/// <summary>
/// <c>record-server</c>: the record store of a node on the node's own port, as a process of its own. It ends when its
/// input does, so that it never outlives who started it.
/// </summary>
public static class RecordServerCommand
{
    /// <summary>The command's name.</summary>
    public const string Name = "record-server";

    /// <summary>Name and secret of the one tool.</summary>
    public const string Tool = "bench";

    /// <summary>The command; <c>intake</c> starts it, people hardly.</summary>
    public static Command Create()
    {
        Option<string> folder = new("--folder") { Description = "Where its file is.", Required = true };
        Command command = new(
            Name, "Serve an empty record store over HTTP until the input ends.\n"
            + "Example: ./ledger bench record-server --folder run/store")
        {
            folder,
        };
        command.Hidden = true;
        command.SetAction((result, cancellation) => RunAsync(result.GetRequiredValue(folder), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(string folder, CancellationToken cancellation)
    {
        NodeConfiguration configuration = new()
        {
            Home = folder, Name = Name, Domain = "bench.example", PeerListen = "", ApiListen = "", LrsListen = "",
        };
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(
            configuration.Resolve(configuration.LrsCredentials),
            $$"""{"key":"{{Tool}}","secret":"{{Tool}}","unlimited":true}""",
            cancellation);
        using TlsIdentity tls = TlsIdentity.Load(TlsIdentity.Generate(Name, TimeProvider.System.GetUtcNow()));
        using ILoggerFactory loggers = NodeLogging.Create(verbose: true);
        using RecordsKey secret = new(RandomNumberGenerator.GetBytes(RecordsKey.Size));
        using PersonKeys keys = new(configuration.Resolve(PersonKeys.FileName), secret);
        using RecordStore store = new(
            RecordSettings.Sqlite(configuration), keys, new LocatorKey(1, new byte[LocatorKey.Size]),
            TimeProvider.System);
        await using WebApplication server = RecordHost.Build(
            configuration, new IPEndPoint(IPAddress.Loopback, 0), tls, store, RecordSettings.Endpoint(configuration),
            static _ => true, TimeProvider.System, loggers);
        await server.StartAsync(cancellation);
        Console.WriteLine(server.Urls.Single());
        await Task.WhenAny(Console.In.ReadToEndAsync(cancellation));
        return ExitCode.Done;
    }
}
