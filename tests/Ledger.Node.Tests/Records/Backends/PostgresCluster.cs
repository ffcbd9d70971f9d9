using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Ledger.Node.Tests.Records.Backends;

/// <summary>A PostgreSQL server that <c>tests/postgres.sh</c> starts for the tests that need one.</summary>
internal sealed class PostgresCluster : IDisposable
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(100);

    // The server's account must reach the folder, and a temporary folder may be for its owner alone.
    private readonly string folder = Directory.CreateDirectory(
        Path.Combine("/var/tmp", "ledger-postgres-" + Path.GetRandomFileName())).FullName;

    private readonly int port;
    private readonly Process server;
    private int databases;

    private PostgresCluster()
    {
        port = FreePort();
        server = Start("run", folder, port.ToString(CultureInfo.InvariantCulture));
        WaitUntilItAnswers();
    }

    /// <summary>Starts one; null where the server's programs are missing and cannot be installed.</summary>
    public static PostgresCluster? TryStart()
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        using Process install = Start("install");
        install.WaitForExit();
        return install.ExitCode == 0 ? new PostgresCluster() : null;
    }

    /// <summary>The connection string of a new database.</summary>
    public string NewDatabase()
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"store{Interlocked.Increment(ref databases)}");
        using NpgsqlConnection connection = new(ConnectionTo("postgres"));
        connection.Open();
        using NpgsqlCommand command = new($"CREATE DATABASE {name}", connection);
        command.ExecuteNonQuery();
        return ConnectionTo(name);
    }

    /// <summary>Breaks all connections of a database, as a server that is started again does.</summary>
    public void BreakConnections(string connectionString)
    {
        using NpgsqlConnection connection = new(ConnectionTo("postgres"));
        connection.Open();
        using NpgsqlCommand command = new(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = @name", connection);
        command.Parameters.AddWithValue("@name", new NpgsqlConnectionStringBuilder(connectionString).Database!);
        command.ExecuteNonQuery();
    }

    public void Dispose()
    {
        if (!server.HasExited)
        {
            using Process stop = Process.Start(
                "/bin/kill", ["-INT", server.Id.ToString(CultureInfo.InvariantCulture)]);
            stop.WaitForExit();
            server.WaitForExit();
        }

        server.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private static Process Start(params IReadOnlyList<string> arguments)
    {
        ProcessStartInfo start = new("/bin/bash") { UseShellExecute = false };
        start.ArgumentList.Add(Script());
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }

    private static string Script([System.Runtime.CompilerServices.CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "postgres.sh"));

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private string ConnectionTo(string database) =>
        $"Host=127.0.0.1;Port={port};Username=records;Database={database};Pooling=false;Include Error Detail=true";

    private void WaitUntilItAnswers()
    {
        Stopwatch waited = Stopwatch.StartNew();
        using ManualResetEventSlim pause = new();
        while (true)
        {
            try
            {
                using NpgsqlConnection connection = new(ConnectionTo("postgres"));
                connection.Open();
                return;
            }
            catch (NpgsqlException) when (!server.HasExited && waited.Elapsed < StartPatience)
            {
                pause.Wait(Between);
            }
        }
    }
}
