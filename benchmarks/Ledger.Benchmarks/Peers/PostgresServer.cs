using System.Diagnostics;
using System.Globalization;
using System.Net;
using Ledger.Devnet;
using Npgsql;

namespace Ledger.Benchmarks.Peers;

/// <summary>
/// One PostgreSQL server with a fresh cluster and its defaults: each insertion is a transaction of its own, which is
/// synced before it is answered.
/// </summary>
public sealed class PostgresServer : IPeer
{
    /// <summary>Connections beside those of clients: this program's own, and the server's reserve.</summary>
    private const int ConnectionsBeside = 16;

    private const string DatabaseUser = "bench";

    /// <summary>Debian's account for the server, which refuses to run as root.</summary>
    private const string SystemUser = "postgres";

    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(200);

    private readonly string folder;
    private readonly string connection;
    private readonly ulong seed;
    private ChildProgram? server;
    private int runs;

    private PostgresServer(string folder, string connection, ulong seed)
    {
        this.folder = folder;
        this.connection = connection;
        this.seed = seed;
    }

    /// <inheritdoc/>
    public string Name => "postgresql";

    /// <inheritdoc/>
    public string Version { get; private set; } = string.Empty;

    /// <inheritdoc/>
    public IReadOnlyList<int> Processes
    {
        get
        {
            string main = server!.Id.ToString(CultureInfo.InvariantCulture);
            return
            [
                server.Id,
                .. File.ReadAllText($"/proc/{main}/task/{main}/children")
                    .Split(' ', StringSplitOptions.RemoveEmptyEntries)
                    .Select(child => int.Parse(child, CultureInfo.InvariantCulture)),
            ];
        }
    }

    /// <inheritdoc/>
    public string Folder => folder;

    /// <summary>Makes a cluster in a temporary folder and starts it.</summary>
    public static async Task<PostgresServer> StartAsync(int clientsMax, ulong seed, CancellationToken cancellation)
    {
        string programs = await FindAsync();

        // The server's account must reach the folder, and /tmp may be in memory.
        string folder = Path.Combine("/var/tmp", "ledger-peers-" + Path.GetRandomFileName());
        Directory.CreateDirectory(folder);
        string[] asUser = await AccountAsync(folder);
        string data = Path.Combine(folder, "data");
        string[] init = [.. asUser, Path.Combine(programs, "initdb"), "-D", data, "-U", DatabaseUser, "--auth=trust"];
        await ChildProgram.RunAsync(folder, init[0], init[1..]);
        string address;
        using (PortPicker ports = new())
        {
            address = ports.Next(IPAddress.Loopback);
        }

        string port = address.Split(':')[^1];
        PostgresServer postgres = new(
            folder,
            $"Host=127.0.0.1;Port={port};Username={DatabaseUser};Database=postgres;Pooling=false;"
                + "Include Error Detail=true",
            seed);
        try
        {
            string connectionsMax = (clientsMax + ConnectionsBeside).ToString(CultureInfo.InvariantCulture);
            postgres.server = ChildProgram.Start(
                "PostgreSQL", "-INT", Path.Combine(folder, "postgres.log"),
                [.. asUser, Path.Combine(programs, "postgres"), "-D", data, "-p", port, "-h", "127.0.0.1",
                    "-c", "unix_socket_directories=", "-c", "max_connections=" + connectionsMax]);
            await postgres.PrepareAsync(cancellation);
            return postgres;
        }
        catch
        {
            await postgres.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task<IPeerClients> OpenAsync(int clients, CancellationToken cancellation) =>
        await PostgresClients.OpenAsync(connection, clients, unchecked(seed + (ulong)++runs), cancellation);

    /// <inheritdoc/>
    public void RequireRunning() => server!.RequireRunning();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (server is not null)
        {
            await server.DisposeAsync();
        }

        Directory.Delete(folder, recursive: true);
    }

    private static async Task<string> FindAsync()
    {
        if (Installed() is null)
        {
            await Privileges.InstallAsync("postgresql");
        }

        return Installed() ?? throw new BenchmarkException(
            "PostgreSQL's server programs are not below /usr/lib/postgresql. Leave it out with --systems.");
    }

    // Debian keeps the server's programs in a folder for each version.
    private static string? Installed()
    {
        const string Programs = "/usr/lib/postgresql";
        return !Directory.Exists(Programs) ? null : Directory.GetDirectories(Programs)
            .Select(version => Path.Combine(version, "bin"))
            .Where(programs => File.Exists(Path.Combine(programs, "initdb")))
            .OrderBy(programs => programs.Length).ThenBy(programs => programs, StringComparer.Ordinal)
            .LastOrDefault();
    }

    // The words before a command that let it run as another user than root.
    private static async Task<string[]> AccountAsync(string folder)
    {
        if (!Privileges.IsRoot)
        {
            return [];
        }

        string setpriv = Privileges.Find("setpriv") ?? throw new BenchmarkException(
            "PostgreSQL does not run as root, and there is no setpriv (util-linux). Run as another user.");
        await ChildProgram.RunAsync("/", "/bin/chown", SystemUser, folder);
        return [setpriv, "--reuid=" + SystemUser, "--regid=" + SystemUser, "--init-groups"];
    }

    private async Task PrepareAsync(CancellationToken cancellation)
    {
        Stopwatch waited = Stopwatch.StartNew();
        while (true)
        {
            RequireRunning();
            try
            {
                await using NpgsqlConnection open = new(connection);
                await open.OpenAsync(cancellation);
                Version = open.PostgreSqlVersion.ToString();
                await using NpgsqlCommand table = new(
                    "CREATE TABLE entries (key bytea PRIMARY KEY, value bytea NOT NULL)", open);
                await table.ExecuteNonQueryAsync(cancellation);
                return;
            }
            catch (NpgsqlException notYet) when (waited.Elapsed < StartPatience && notYet is not PostgresException
                { SqlState: not PostgresErrorCodes.CannotConnectNow })
            {
                await Task.Delay(Between, cancellation);
            }
        }
    }
}
