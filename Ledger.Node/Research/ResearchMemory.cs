using System.Security.Cryptography;
using Ledger.Client.Protos;
using Ledger.Primitives;
using Microsoft.Data.Sqlite;

namespace Ledger.Node.Research;

/// <summary>
/// Keys of projects, the list of tables that were made, and what each cell has told of whom, so that the difference of
/// two tables never tells of a few. It survives a power cut, and a table is in it before it leaves. Rules Y-8 to Y-10
/// of <c>docs/cohorts.md</c>.
/// </summary>
public sealed class ResearchMemory : IDisposable
{
    private readonly Lock gate = new();
    private readonly SqliteConnection connection;

    /// <summary>Opens the file, or makes it. Throws <see cref="SqliteException"/> when the disk fails.</summary>
    public ResearchMemory(string path)
    {
        SqliteConnectionStringBuilder settings = new()
        {
            DataSource = path, Mode = SqliteOpenMode.ReadWriteCreate, Pooling = false,
        };
        connection = new SqliteConnection(settings.ToString());
        connection.Open();
        if (!OperatingSystem.IsWindows())
        {
            // Keys of projects lie in it.
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        using SqliteCommand command = Command(null, """
            PRAGMA journal_mode = WAL;
            PRAGMA synchronous = FULL;
            CREATE TABLE IF NOT EXISTS projects (name TEXT PRIMARY KEY, key BLOB NOT NULL) STRICT, WITHOUT ROWID;
            CREATE TABLE IF NOT EXISTS exports (number INTEGER PRIMARY KEY, line BLOB NOT NULL) STRICT;
            CREATE TABLE IF NOT EXISTS told (
                verb TEXT NOT NULL, activity TEXT NOT NULL, week INTEGER NOT NULL, export INTEGER NOT NULL,
                learner BLOB NOT NULL, records INTEGER NOT NULL, succeeded INTEGER NOT NULL, failed INTEGER NOT NULL,
                PRIMARY KEY (verb, activity, week, export, learner)) STRICT, WITHOUT ROWID;
            """);
        command.ExecuteNonQuery();
    }

    /// <summary>The key of a project; one is made, synced, where it has none.</summary>
    public byte[] KeyOf(string project)
    {
        lock (gate)
        {
            using SqliteCommand add = Command(null, "INSERT OR IGNORE INTO projects VALUES ($name, $key)");
            add.Parameters.AddWithValue("$name", project);
            add.Parameters.AddWithValue("$key", RandomNumberGenerator.GetBytes(ProjectPseudonyms.KeyBytes));
            add.ExecuteNonQuery();
            using SqliteCommand find = Command(null, "SELECT key FROM projects WHERE name = $name");
            find.Parameters.AddWithValue("$name", project);
            return (byte[])find.ExecuteScalar()!;
        }
    }

    /// <summary>What earlier tables told of a cell: each different one once.</summary>
    public IReadOnlyList<IReadOnlyDictionary<Address, CellCounts>> Told(ResearchCell cell)
    {
        lock (gate)
        {
            using SqliteCommand command = Command(null, """
                SELECT export, learner, records, succeeded, failed FROM told
                WHERE verb = $verb AND activity = $activity AND week = $week ORDER BY export
                """);
            AddCell(command, cell);
            using SqliteDataReader rows = command.ExecuteReader();
            SortedDictionary<long, Dictionary<Address, CellCounts>> told = [];
            while (rows.Read())
            {
                if (!told.TryGetValue(rows.GetInt64(0), out Dictionary<Address, CellCounts>? learners))
                {
                    learners = [];
                    told.Add(rows.GetInt64(0), learners);
                }

                learners.Add(
                    new Address((byte[])rows.GetValue(1)),
                    new CellCounts((ulong)rows.GetInt64(2), (ulong)rows.GetInt64(3), (ulong)rows.GetInt64(4)));
            }

            return [.. told.Values];
        }
    }

    /// <summary>Keeps a table and what its cells tell, synced; answers its number, from 1 on.</summary>
    public ulong Keep(
        ResearchRequest request,
        ResearchTable table,
        IEnumerable<KeyValuePair<ResearchCell, Dictionary<Address, CellCounts>>> cells,
        long nowUnixMs)
    {
        // What is known already adds nothing to compare with.
        KeyValuePair<ResearchCell, Dictionary<Address, CellCounts>>[] fresh =
            [.. cells.Where(cell => !Told(cell.Key).Any(known => IsSame(known, cell.Value)))];
        lock (gate)
        {
            using SqliteTransaction transaction = connection.BeginTransaction(deferred: false);
            using SqliteCommand last = Command(transaction, "SELECT COALESCE(MAX(number), 0) FROM exports");
            long number = (long)last.ExecuteScalar()! + 1;
            using SqliteCommand add = Command(transaction, "INSERT INTO exports VALUES ($number, $line)");
            add.Parameters.AddWithValue("$number", number);
            add.Parameters.AddWithValue(
                "$line", Google.Protobuf.MessageExtensions.ToByteArray(LineOf(request, table, number, nowUnixMs)));
            add.ExecuteNonQuery();
            foreach ((ResearchCell cell, Dictionary<Address, CellCounts> learners) in fresh)
            {
                Add(transaction, number, cell, learners);
            }

            transaction.Commit();
            return (ulong)number;
        }
    }

    /// <summary>All tables that were made, in order.</summary>
    public IReadOnlyList<ResearchLogLine> Log()
    {
        lock (gate)
        {
            using SqliteCommand command = Command(null, "SELECT line FROM exports ORDER BY number");
            using SqliteDataReader rows = command.ExecuteReader();
            List<ResearchLogLine> lines = [];
            while (rows.Read())
            {
                lines.Add(ResearchLogLine.Parser.ParseFrom((byte[])rows.GetValue(0)));
            }

            return lines;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => connection.Dispose();

    private static ResearchLogLine LineOf(
        ResearchRequest request, ResearchTable table, long number, long nowUnixMs) => new()
        {
            Number = (ulong)number,
            MadeUnixMs = nowUnixMs,
            Project = request.Project,
            Purpose = request.Purpose,
            FromDay = request.FromDay,
            UntilDay = request.UntilDay,
            Rows = (ulong)table.Rows.Count,
            Cells = table.Cells,
            SuppressedSmall = table.SuppressedSmall,
            SuppressedDifference = table.SuppressedDifference,
            K = table.K,
        };

    private static bool IsSame(
        IReadOnlyDictionary<Address, CellCounts> one, IReadOnlyDictionary<Address, CellCounts> other) =>
        one.Count == other.Count
        && one.All(part => other.TryGetValue(part.Key, out CellCounts counts) && counts == part.Value);

    private void Add(
        SqliteTransaction transaction, long number, ResearchCell cell, Dictionary<Address, CellCounts> learners)
    {
        foreach ((Address learner, CellCounts counts) in learners)
        {
            using SqliteCommand command = Command(transaction, """
                INSERT INTO told VALUES ($verb, $activity, $week, $export, $learner, $records, $succeeded, $failed)
                """);
            AddCell(command, cell);
            command.Parameters.AddWithValue("$export", number);
            command.Parameters.AddWithValue("$learner", learner.ToArray());
            command.Parameters.AddWithValue("$records", (long)counts.Records);
            command.Parameters.AddWithValue("$succeeded", (long)counts.Succeeded);
            command.Parameters.AddWithValue("$failed", (long)counts.Failed);
            command.ExecuteNonQuery();
        }
    }

    private static void AddCell(SqliteCommand command, ResearchCell cell)
    {
        command.Parameters.AddWithValue("$verb", cell.Verb);
        command.Parameters.AddWithValue("$activity", cell.Activity);
        command.Parameters.AddWithValue("$week", cell.Week);
    }

    private SqliteCommand Command(SqliteTransaction? transaction, string text)
    {
        SqliteCommand command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = text;
        return command;
    }
}
