using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Ledger.Node.Records.Import;

/// <summary>
/// The classes of the institution's roster, in one SQLite file. It stays in the node: the ledger sees neither class nor
/// account. A class enrols nobody. Used from any thread.
/// </summary>
public sealed class RosterBook : IDisposable
{
    private const long SchemaVersion = 1;

    private const string Tables = """
        CREATE TABLE classes (
            id TEXT PRIMARY KEY,
            title TEXT NOT NULL,
            course TEXT NOT NULL
        ) STRICT;
        CREATE TABLE members (
            class TEXT NOT NULL REFERENCES classes (id),
            place INTEGER NOT NULL,
            role TEXT NOT NULL,
            accounts TEXT NOT NULL,
            PRIMARY KEY (class, place)
        ) STRICT;
        """;

    // No account holds a line break.
    private const char Between = '\n';

    private readonly Lock gate = new();
    private readonly SqliteConnection connection;
    private readonly PreparedStatement find;
    private readonly PreparedStatement page;
    private readonly PreparedStatement members;
    private readonly PreparedStatement put;
    private readonly PreparedStatement clear;
    private readonly PreparedStatement add;

    /// <summary>Opens the file, or makes it.</summary>
    public RosterBook(string path)
    {
        connection = RecordDatabase.OpenWriter(path, Tables, SchemaVersion);
        find = new PreparedStatement(connection, "SELECT id, title, course FROM classes WHERE id = @id", "@id");
        page = new PreparedStatement(
            connection, "SELECT id, title, course FROM classes WHERE id > @after ORDER BY id LIMIT @limit",
            "@after", "@limit");
        members = new PreparedStatement(
            connection, "SELECT role, accounts FROM members WHERE class = @id ORDER BY place", "@id");
        put = new PreparedStatement(
            connection,
            """
            INSERT INTO classes (id, title, course) VALUES (@id, @title, @course)
            ON CONFLICT (id) DO UPDATE SET title = excluded.title, course = excluded.course
            """,
            "@id", "@title", "@course");
        clear = new PreparedStatement(connection, "DELETE FROM members WHERE class = @id", "@id");
        add = new PreparedStatement(
            connection,
            "INSERT INTO members (class, place, role, accounts) VALUES (@id, @place, @role, @accounts)",
            "@id", "@place", "@role", "@accounts");
    }

    /// <summary>Keeps classes, all or none; one that is as it was is not written.</summary>
    public RosterChange Keep(IEnumerable<RosterClass> classes)
    {
        lock (gate)
        {
            using DbTransaction transaction = connection.BeginTransaction(deferred: false);
            int added = 0;
            int changed = 0;
            int unchanged = 0;
            foreach (RosterClass one in classes)
            {
                RosterClass? known = Read(transaction, find.Rows(transaction, one.Id)).SingleOrDefault();
                if (known is not null && IsSame(known, one))
                {
                    unchanged++;
                    continue;
                }

                added += known is null ? 1 : 0;
                changed += known is null ? 0 : 1;
                Write(transaction, one);
            }

            transaction.Commit();
            return new RosterChange(added, changed, unchanged);
        }
    }

    /// <summary>Classes in order of id, beyond one.</summary>
    public IReadOnlyList<RosterClass> After(string id, int limit)
    {
        lock (gate)
        {
            return Read(null, page.Rows(null, id, (long)limit));
        }
    }

    /// <summary>
    /// Takes an account out of all classes, and with its last account whoever had it; returns in how many classes it
    /// was. The bytes are gone from the file after <see cref="Scrub"/>.
    /// </summary>
    public int EraseAccount(string actorKey)
    {
        lock (gate)
        {
            using DbTransaction transaction = connection.BeginTransaction(deferred: false);
            RosterClass[] known =
            [
                .. Read(transaction, page.Rows(transaction, string.Empty, long.MaxValue))
                    .Where(one => one.Members.Any(member => member.Accounts.Contains(actorKey))),
            ];
            foreach (RosterClass one in known)
            {
                Write(transaction, one with
                {
                    Members =
                    [
                        .. one.Members
                            .Select(member => member with { Accounts = [.. member.Accounts.Where(Others)] })
                            .Where(static member => member.Accounts.Count > 0),
                    ],
                });
            }

            transaction.Commit();
            return known.Length;
        }

        bool Others(string account) => account != actorKey;
    }

    /// <summary>The accounts in all classes, each once.</summary>
    public IReadOnlyList<string> Accounts()
    {
        lock (gate)
        {
            return
            [
                .. Read(null, page.Rows(null, string.Empty, long.MaxValue))
                    .SelectMany(static one => one.Members).SelectMany(static member => member.Accounts).Distinct(),
            ];
        }
    }

    /// <summary>Writes the file anew, so that it holds nothing of what was erased.</summary>
    public bool Scrub()
    {
        lock (gate)
        {
            return RecordDatabase.Scrub(connection);
        }
    }

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            foreach (PreparedStatement statement in (PreparedStatement[])[find, page, members, put, clear, add])
            {
                statement.Dispose();
            }

            connection.Dispose();
        }
    }

    private static bool IsSame(RosterClass one, RosterClass other) =>
        one.Title == other.Title && one.Course == other.Course
        && one.Members.Select(Text).SequenceEqual(other.Members.Select(Text));

    private static string Text(RosterMember member) => member.Role + Between + string.Join(Between, member.Accounts);

    private void Write(DbTransaction transaction, RosterClass one)
    {
        put.Run(transaction, one.Id, one.Title, one.Course);
        clear.Run(transaction, one.Id);
        for (int place = 0; place < one.Members.Count; place++)
        {
            add.Run(
                transaction, one.Id, (long)place, one.Members[place].Role,
                string.Join(Between, one.Members[place].Accounts));
        }
    }

    private List<RosterClass> Read(DbTransaction? transaction, DbDataReader rows)
    {
        List<RosterClass> classes = [];
        using (rows)
        {
            while (rows.Read())
            {
                classes.Add(new RosterClass(rows.GetString(0), rows.GetString(1), rows.GetString(2), []));
            }
        }

        return [.. classes.Select(one => one with { Members = MembersOf(transaction, one.Id) })];
    }

    private List<RosterMember> MembersOf(DbTransaction? transaction, string id)
    {
        List<RosterMember> found = [];
        using DbDataReader rows = members.Rows(transaction, id);
        while (rows.Read())
        {
            found.Add(new RosterMember(rows.GetString(0), rows.GetString(1).Split(Between)));
        }

        return found;
    }
}
