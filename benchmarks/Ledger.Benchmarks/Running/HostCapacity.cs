using System.Globalization;
using Ledger.Devnet;

namespace Ledger.Benchmarks.Running;

/// <summary>What this host can bear, so that a run that cannot end well is refused before it begins.</summary>
/// <param name="Cores">Processors.</param>
/// <param name="AvailableBytes">Memory that programs can have without swapping.</param>
/// <param name="OpenFilesMax">Files and sockets that one process may hold.</param>
public sealed record HostCapacity(int Cores, long AvailableBytes, long OpenFilesMax)
{
    /// <summary>A validator takes up 150 to 250 MiB under load.</summary>
    public const long NodeBytes = 256L * 1024 * 1024;

    /// <summary>
    /// Clients with one transaction under way each. A node answers 8,192 on one stream; beyond half of that, all that
    /// is measured is the queue.
    /// </summary>
    public const int ClientsMax = 4_096;

    /// <summary>Clients that share a connection, a quarter of what a node allows on one.</summary>
    public const int ClientsOfConnection = 64;

    /// <summary>Connections that a node takes from one address.</summary>
    public const int ConnectionsMax = Ledger.Node.Api.ApiLimits.NetworkConnectionsMax;

    /// <summary>What a process holds beside connections of clients: assemblies, logs, lines between nodes.</summary>
    private const int OpenFilesBeside = 512;

    /// <summary>A process of PostgreSQL for one client holds 6 to 12 MiB of its own.</summary>
    private const long ServerProcessBytes = 12L * 1024 * 1024;

    /// <summary>Reads what the system says.</summary>
    public static HostCapacity Read() => new(
        Environment.ProcessorCount,
        Field(File.ReadLines("/proc/meminfo"), "MemAvailable:") * 1024,
        Field(File.ReadLines("/proc/self/limits"), "Max open files"));

    /// <summary>Connections that so many clients of one node need.</summary>
    public static int ConnectionsOf(int clients) => (clients + ClientsOfConnection - 1) / ClientsOfConnection;

    /// <summary>Requires that a run of so many nodes and clients is possible here.</summary>
    /// <exception cref="BenchmarkException">It is not; the text says what would be.</exception>
    public void RequireRoomFor(int validators, int clients)
    {
        if (validators is < DevnetPlan.NodesMin or > DevnetPlan.NodesMax)
        {
            throw Refusal($"A consortium has {DevnetPlan.NodesMin} to {DevnetPlan.NodesMax} validators, and "
                + $"{validators} were asked for.");
        }

        if (clients is < 1 or > ClientsMax)
        {
            throw Refusal($"1 to {ClientsMax} clients can be measured, and {clients} were asked for: with more, what "
                + "is measured is the queue. Use --rate to offer more than is answered.");
        }

        RequireMemoryFor(validators);
        long files = OpenFilesBeside + ConnectionsOf(clients) + validators;
        if (files > OpenFilesMax)
        {
            throw Refusal($"{clients} clients need about {files} open files, and this process may have {OpenFilesMax}. "
                + "Raise it with: ulimit -n 4096");
        }
    }

    /// <summary>
    /// Requires room for a server that keeps a process and a connection for each client, beside so many nodes.
    /// </summary>
    /// <exception cref="BenchmarkException">There is too little; the text says for how many there is.</exception>
    public void RequireServerProcesses(int nodes, int clients)
    {
        long free = AvailableBytes - (nodes * NodeBytes);
        if (clients * ServerProcessBytes > free)
        {
            throw Refusal($"{clients} clients need as many processes of the server, about "
                + $"{Mebibytes(clients * ServerProcessBytes)} MiB of memory beside the nodes, and this host has "
                + $"{Mebibytes(Math.Max(free, 0))} MiB to give. Use fewer clients, or leave it out with --systems.");
        }

        if (OpenFilesBeside + clients > OpenFilesMax)
        {
            throw Refusal($"{clients} clients need a connection each, and this process may have {OpenFilesMax} open "
                + "files. Raise it with: ulimit -n 8192");
        }
    }

    /// <summary>Requires memory for so many nodes, of one consortium or of several.</summary>
    /// <exception cref="BenchmarkException">There is too little; the text says for how many there is.</exception>
    public void RequireMemoryFor(int nodes)
    {
        if (nodes * NodeBytes > AvailableBytes)
        {
            throw Refusal($"{nodes} validators need about {Mebibytes(nodes * NodeBytes)} MiB of memory, and "
                + $"this host has {Mebibytes(AvailableBytes)} MiB to give. "
                + $"It bears {AvailableBytes / NodeBytes} validators.");
        }
    }

    private static BenchmarkException Refusal(string text) => new(text);

    private static long Mebibytes(long bytes) => bytes / (1024 * 1024);

    private static long Field(IEnumerable<string> lines, string name)
    {
        string line = lines.FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal))
            ?? throw new BenchmarkException($"This system does not say its \"{name}\"; benchmarks need Linux.");
        string value = line[name.Length..].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[0];
        return long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out long number)
            ? number
            : long.MaxValue;
    }
}
