using System.CommandLine;
using System.Globalization;
using Ledger.Node.Configuration;
using Ledger.Node.Hosting;
using Ledger.Node.Records;
using Spectre.Console;

namespace Ledger.Node.Commands;

/// <summary><c>ledger record move-store</c>: carries a stopped node's records to another database.</summary>
public static class RecordCommands
{
    /// <summary>The noun with its verbs.</summary>
    public static Command Create() => new("record", "What a node's disk holds of learning records.") { MoveStore() };

    private static Command MoveStore()
    {
        Option<string> home = CommonOptions.Home();
        Option<string?> toPostgres = new("--to-postgres")
        {
            Description = "File with the connection string of an empty PostgreSQL database.",
        };
        Option<bool> toSqlite = new("--to-sqlite") { Description = "Back into a file of the records folder." };
        Command command = new(
            "move-store",
            "Copy a stopped node's records to another database, compare every row, and let the node use it. A move\n"
            + "that was stopped goes on where it was. The old store stays: remove it when you are content.\n"
            + "Example: ledger record move-store --home north --to-postgres postgres.txt")
        {
            home, toPostgres, toSqlite,
        };
        command.SetAction((result, cancellation) => Edge.RunAsync(result, () => Task.Run(
            () => Move(
                result.GetRequiredValue(home), result.GetValue(toPostgres), result.GetValue(toSqlite), cancellation),
            cancellation)));
        return command;
    }

    private static int Move(string home, string? toPostgres, bool toSqlite, CancellationToken cancellation)
    {
        NodeConfiguration configuration = NodeConfiguration.Load(home);
        if (toSqlite == (toPostgres is not null))
        {
            throw new ConfigurationException("Say one of --to-postgres FILE and --to-sqlite.");
        }

        if (toSqlite == configuration.RecordsPostgres is null)
        {
            throw new ConfigurationException("The node keeps its records there already.");
        }

        // Holding its data says that the node is stopped, and keeps it from starting meanwhile.
        using NodeFolder? stopped = Directory.Exists(configuration.Resolve(configuration.Data))
            ? NodeFolder.Open(configuration)
            : null;
        IRecordBackend from = RecordSettings.Backend(configuration);
        IRecordBackend to = toPostgres is { } file
            ? RecordSettings.Postgres(configuration, file)
            : RecordSettings.Sqlite(configuration);
        long records = WithBar(progress => new StoreMove(from, to, progress).Run(cancellation));
        (configuration with { RecordsPostgres = toPostgres }).Save();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{records:N0} records are in {to.Name}, the same in every row; the node uses it from its next start."));
        return ExitCode.Done;
    }

    private static long WithBar(Func<IProgress<MoveProgress>, long> move)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(Console.Error),
        });
        return console.Progress().Start(context => move(new BarProgress(context)));
    }
}
