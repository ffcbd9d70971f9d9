using System.Buffers.Binary;
using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using Ledger.Client.Protos;
using Ledger.Node.Sealing;
using Ledger.Primitives;
using Microsoft.Data.Sqlite;

namespace Ledger.Node.Research;

/// <summary>
/// Keys of projects, the list of tables that were made, and what each cell has told of whom, so that the difference of
/// two tables never tells of a few. Keys rest sealed, and learners are known by digests alone. It survives a power cut,
/// and a table is in it before it leaves. Rules Y-8 to Y-10 of <c>docs/cohorts.md</c>.
/// </summary>
public sealed class ResearchMemory : IDisposable
{
    private const string PlainTold = "plain_told";
    private const string PlainProjects = "plain_projects";

    private const string SetAside =
        $"ALTER TABLE told RENAME TO {PlainTold}; ALTER TABLE projects RENAME TO {PlainProjects}";

    private const string Tables = """
        CREATE TABLE projects (name TEXT PRIMARY KEY, key BLOB NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS exports (number INTEGER PRIMARY KEY, line BLOB NOT NULL) STRICT;
        CREATE TABLE told (
            verb TEXT NOT NULL, activity TEXT NOT NULL, week INTEGER NOT NULL, export INTEGER NOT NULL,
            learner BLOB NOT NULL, records INTEGER NOT NULL, succeeded INTEGER NOT NULL, failed INTEGER NOT NULL,
            PRIMARY KEY (verb, activity, week, export, learner)) STRICT, WITHOUT ROWID;
        """;

    private readonly Lock gate = new();
    private readonly PersonKeys keys;
    private readonly SqliteConnection connection;

    /// <summary>Opens the file, or makes it. Throws <see cref="SqliteException"/> when the disk fails.</summary>
    /// <exception cref="SealingKeysException">Its contents are sealed under other keys.</exception>
    public ResearchMemory(string path, PersonKeys keys)
    {
        this.keys = keys;
        connection = SealedFile.Open(path, keys, Tables, SetAside);
        SealedFile.WorkOff(
            connection, keys, PlainProjects, ["name"], static _ => PersonKeys.Store,
            (transaction, row) => AddProject(transaction, row.Text("name"), row.Bytes("key")));
        SealedFile.WorkOff(
            connection, keys, PlainTold, ["verb", "activity", "week", "export", "learner"],
            static _ => PersonKeys.Store, AddPlain);
    }

    /// <summary>The key of a project; one is made, synced, where it has none.</summary>
    public byte[] KeyOf(string project)
    {
        lock (gate)
        {
            AddProject(null, project, RandomNumberGenerator.GetBytes(ProjectPseudonyms.KeyBytes));
            using SqliteCommand find = Command(null, "SELECT key FROM projects WHERE name = $name");
            find.Parameters.AddWithValue("$name", project);
            return keys.Open(ContextOf(project), (byte[])find.ExecuteScalar()!).Bytes;
        }
    }

    /// <summary>What is counted of each learner, by what learners are known by here.</summary>
    public IReadOnlyDictionary<UInt128, CellCounts> ByDigest(IReadOnlyDictionary<Address, CellCounts> learners) =>
        learners.ToDictionary(one => DigestOf(one.Key), static one => one.Value);

    /// <summary>What earlier tables told of a cell: each different one once.</summary>
    public IReadOnlyList<IReadOnlyDictionary<UInt128, CellCounts>> Told(ResearchCell cell)
    {
        lock (gate)
        {
            using SqliteCommand command = Command(null, """
                SELECT export, learner, records, succeeded, failed FROM told
                WHERE verb = $verb AND activity = $activity AND week = $week ORDER BY export
                """);
            AddCell(command, cell);
            using SqliteDataReader rows = command.ExecuteReader();
            SortedDictionary<long, Dictionary<UInt128, CellCounts>> told = [];
            while (rows.Read())
            {
                if (!told.TryGetValue(rows.GetInt64(0), out Dictionary<UInt128, CellCounts>? learners))
                {
                    learners = [];
                    told.Add(rows.GetInt64(0), learners);
                }

                learners.Add(
                    BinaryPrimitives.ReadUInt128BigEndian((byte[])rows.GetValue(1)),
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
        (ResearchCell Cell, IReadOnlyDictionary<UInt128, CellCounts> Learners)[] fresh =
        [
            .. cells.Select(cell => (cell.Key, ByDigest(cell.Value)))
                .Where(cell => !Told(cell.Item1).Any(known => IsSame(known, cell.Item2))),
        ];
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
            foreach ((ResearchCell cell, IReadOnlyDictionary<UInt128, CellCounts> learners) in fresh)
            {
                foreach ((UInt128 learner, CellCounts counts) in learners)
                {
                    Add(transaction, number, cell, learner, counts);
                }
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
        IReadOnlyDictionary<UInt128, CellCounts> one, IReadOnlyDictionary<UInt128, CellCounts> other) =>
        one.Count == other.Count
        && one.All(part => other.TryGetValue(part.Key, out CellCounts counts) && counts == part.Value);

    private static byte[] ContextOf(string project) => [.. "research project"u8, .. Encoding.UTF8.GetBytes(project)];

    private UInt128 DigestOf(Address learner) => keys.Digest(DigestKinds.ResearchLearner, learner.ToString());

    private void AddProject(DbTransaction? transaction, string project, byte[] key)
    {
        using SqliteCommand add = Command(transaction, "INSERT OR IGNORE INTO projects VALUES ($name, $key)");
        add.Parameters.AddWithValue("$name", project);
        add.Parameters.AddWithValue("$key", keys.Seal(PersonKeys.Store, ContextOf(project), key));
        add.ExecuteNonQuery();
    }

    private void AddPlain(DbTransaction transaction, PlainRow row) => Add(
        transaction,
        row.Number("export"),
        new ResearchCell(row.Text("verb"), row.Text("activity"), row.Number("week")),
        DigestOf(new Address(row.Bytes("learner"))),
        new CellCounts(
            (ulong)row.Number("records"), (ulong)row.Number("succeeded"), (ulong)row.Number("failed")));

    private void Add(DbTransaction transaction, long number, ResearchCell cell, UInt128 learner, CellCounts counts)
    {
        using SqliteCommand command = Command(transaction, """
            INSERT INTO told VALUES ($verb, $activity, $week, $export, $learner, $records, $succeeded, $failed)
            """);
        AddCell(command, cell);
        command.Parameters.AddWithValue("$export", number);
        command.Parameters.AddWithValue("$learner", RecordsKey.BytesOf(learner));
        command.Parameters.AddWithValue("$records", (long)counts.Records);
        command.Parameters.AddWithValue("$succeeded", (long)counts.Succeeded);
        command.Parameters.AddWithValue("$failed", (long)counts.Failed);
        command.ExecuteNonQuery();
    }

    private static void AddCell(SqliteCommand command, ResearchCell cell)
    {
        command.Parameters.AddWithValue("$verb", cell.Verb);
        command.Parameters.AddWithValue("$activity", cell.Activity);
        command.Parameters.AddWithValue("$week", cell.Week);
    }

    private SqliteCommand Command(DbTransaction? transaction, string text)
    {
        SqliteCommand command = connection.CreateCommand();
        command.Transaction = (SqliteTransaction?)transaction;
        command.CommandText = text;
        return command;
    }
}
