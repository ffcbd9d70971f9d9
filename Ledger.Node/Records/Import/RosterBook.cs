using System.Data.Common;
using System.Text;
using Ledger.Node.Sealing;
using Microsoft.Data.Sqlite;

namespace Ledger.Node.Records.Import;

/// <summary>
/// The classes of the institution's roster, in one SQLite file. It stays in the node: the ledger sees neither class nor
/// account. A class enrols nobody. Who is in a class rests sealed under a key of the class; once somebody is erased
/// from it, under another one. Used from any thread.
/// </summary>
public sealed class RosterBook : IDisposable
{
    private const string PlainTable = "plain_members";

    private const string SetAside = $"ALTER TABLE members RENAME TO {PlainTable}";

    private static readonly string Tables = $"""
        CREATE TABLE IF NOT EXISTS classes (
            id TEXT PRIMARY KEY,
            title TEXT NOT NULL,
            course TEXT NOT NULL
        ) STRICT;
        CREATE TABLE members (
            class TEXT NOT NULL REFERENCES classes (id),
            place INTEGER NOT NULL,
            key INTEGER NOT NULL,
            content BLOB NOT NULL,
            PRIMARY KEY (class, place)
        ) STRICT;
        {EmptiedKeys.Tables("members")}
        """;

    // No account holds a line break.
    private const char Between = '\n';

    private readonly Lock gate = new();
    private readonly PersonKeys keys;
    private readonly SqliteConnection connection;
    private readonly EmptiedKeys emptied;
    private readonly PreparedStatement find;
    private readonly PreparedStatement page;
    private readonly PreparedStatement members;
    private readonly PreparedStatement put;
    private readonly PreparedStatement clear;
    private readonly PreparedStatement remove;
    private readonly PreparedStatement add;

    /// <summary>Opens the file, or makes it; seals what an earlier version kept plain.</summary>
    /// <exception cref="SealingKeysException">Its contents are sealed under other keys.</exception>
    public RosterBook(string path, PersonKeys keys)
    {
        this.keys = keys;
        connection = SealedFile.Open(path, keys, Tables, SetAside);
        find = new PreparedStatement(connection, "SELECT id, title, course FROM classes WHERE id = @id", "@id");
        page = new PreparedStatement(
            connection, "SELECT id, title, course FROM classes WHERE id > @after ORDER BY id LIMIT @limit",
            "@after", "@limit");
        members = new PreparedStatement(
            connection, "SELECT place, content FROM members WHERE class = @id ORDER BY place", "@id");
        put = new PreparedStatement(
            connection,
            """
            INSERT INTO classes (id, title, course) VALUES (@id, @title, @course)
            ON CONFLICT (id) DO UPDATE SET title = excluded.title, course = excluded.course
            """,
            "@id", "@title", "@course");
        clear = new PreparedStatement(connection, "DELETE FROM members WHERE class = @id", "@id");
        remove = new PreparedStatement(
            connection, "DELETE FROM members WHERE class = @id AND place = @place", "@id", "@place");
        add = new PreparedStatement(
            connection,
            "INSERT INTO members (class, place, key, content) VALUES (@id, @place, @key, @content)",
            "@id", "@place", "@key", "@content");
        SealedFile.WorkOff(
            connection, keys, PlainTable, ["class", "place"], static row => PersonOf(row.Text("class")),
            (transaction, row) => Add(
                transaction, row.Text("class"), row.Number("place"),
                row.Text("role") + Between + row.Text("accounts")));
        emptied = new EmptiedKeys(connection, "members", keys);
    }

    /// <summary>Keeps classes, all or none; one that is as it was is not written.</summary>
    public RosterChange Keep(IEnumerable<RosterClass> classes)
    {
        RosterClass[] kept = [.. classes];
        lock (gate)
        {
            keys.Prepare([.. kept.Select(static one => PersonOf(one.Id)).Distinct()]);
            using DbTransaction transaction = connection.BeginTransaction(deferred: false);
            int added = 0;
            int changed = 0;
            int unchanged = 0;
            foreach (RosterClass one in kept)
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
    /// was. The bytes are gone from the file after <see cref="Scrub"/>; in older copies nobody opens these classes.
    /// </summary>
    public int EraseAccount(string actorKey)
    {
        lock (gate)
        {
            RosterClass[] known =
            [
                .. Read(null, page.Rows(null, string.Empty, long.MaxValue))
                    .Where(one => one.Members.Any(member => member.Accounts.Contains(actorKey))),
            ];
            keys.Retire(known.Select(static one => PersonOf(one.Id)));
            keys.Prepare([.. known.Select(static one => PersonOf(one.Id))]);
            using (DbTransaction transaction = connection.BeginTransaction(deferred: false))
            {
                foreach (RosterClass one in known)
                {
                    SealAgain(transaction, one.Id, Without);
                }

                transaction.Commit();
            }

            emptied.Erase();
            return known.Length;
        }

        RosterMember? Without(RosterMember member)
        {
            string[] others = [.. member.Accounts.Where(account => account != actorKey)];
            return others.Length > 0 ? member with { Accounts = others } : null;
        }
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
            PreparedStatement[] all = [find, page, members, put, clear, remove, add];
            foreach (PreparedStatement statement in all)
            {
                statement.Dispose();
            }

            emptied.Dispose();
            connection.Dispose();
        }
    }

    private static bool IsSame(RosterClass one, RosterClass other) =>
        one.Title == other.Title && one.Course == other.Course
        && one.Members.Select(Text).SequenceEqual(other.Members.Select(Text));

    private static string PersonOf(string id) => PersonKeys.Named("class", id);

    private static byte[] ContextOf(string id, long place) =>
        [.. Encoding.UTF8.GetBytes(FormattableString.Invariant($"classes {place} {id}"))];

    private static string Text(RosterMember member) => member.Role + Between + string.Join(Between, member.Accounts);

    private void Write(DbTransaction transaction, RosterClass one)
    {
        put.Run(transaction, one.Id, one.Title, one.Course);
        clear.Run(transaction, one.Id);
        for (int place = 0; place < one.Members.Count; place++)
        {
            Add(transaction, one.Id, place, Text(one.Members[place]));
        }
    }

    // Who is under a lost key stays, and is read again once it is put back. What is damaged would keep the former key.
    private void SealAgain(DbTransaction transaction, string id, Func<RosterMember, RosterMember?> change)
    {
        foreach ((long place, OpenedContent content) in Opened(transaction, id))
        {
            if (content.IsKeyLost)
            {
                continue;
            }

            remove.Run(transaction, id, place);
            if (content.BytesOrNull is { } bytes && change(MemberOf(bytes)) is { } kept)
            {
                Add(transaction, id, place, Text(kept));
            }
        }
    }

    private void Add(DbTransaction transaction, string id, long place, string member)
    {
        byte[] value = keys.Seal(PersonOf(id), ContextOf(id, place), Encoding.UTF8.GetBytes(member));
        add.Run(transaction, id, place, PersonKeys.KeyIdOf(value), value);
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

    private List<RosterMember> MembersOf(DbTransaction? transaction, string id) =>
    [
        .. Opened(transaction, id).Select(static one => one.Content.BytesOrNull).OfType<byte[]>().Select(MemberOf),
    ];

    private List<(long Place, OpenedContent Content)> Opened(DbTransaction? transaction, string id)
    {
        List<(long, OpenedContent)> found = [];
        using DbDataReader rows = members.Rows(transaction, id);
        while (rows.Read())
        {
            long place = rows.GetInt64(0);
            found.Add((place, keys.OpenOrPass(ContextOf(id, place), rows.GetFieldValue<byte[]>(1))));
        }

        return found;
    }

    private static RosterMember MemberOf(byte[] bytes)
    {
        string[] parts = Encoding.UTF8.GetString(bytes).Split(Between);
        return new RosterMember(parts[0], parts[1..]);
    }
}
