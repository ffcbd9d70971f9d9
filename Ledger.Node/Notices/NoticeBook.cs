using System.Data.Common;
using Google.Protobuf;
using Ledger.Client.Keys;
using Ledger.Client.Protos;
using Ledger.Client.Sealing;
using Ledger.Node.Records;
using Ledger.Node.Sealing;
using Ledger.Primitives;
using Microsoft.Data.Sqlite;

namespace Ledger.Node.Notices;

/// <summary>
/// Where learners are told, sealed under each learner's key, and which requests they were told of, in one SQLite file.
/// Each change is on disk when its method returns. An address that is erased is overwritten. Used from any thread.
/// </summary>
public sealed class NoticeBook : IDisposable
{
    /// <summary>What addresses of format 1 were sealed for.</summary>
    private static readonly Hash256 FormerSeal = TaggedHash.Of(Tags.Notice, []);

    private readonly Lock gate = new();
    private readonly SqliteConnection connection;
    private readonly PersonKeys keys;
    private readonly PreparedStatement find;
    private readonly PreparedStatement keep;
    private readonly PreparedStatement erase;
    private readonly PreparedStatement learners;
    private readonly PreparedStatement plan;
    private readonly PreparedStatement tell;
    private readonly PreparedStatement known;
    private readonly PreparedStatement forget;
    private readonly PreparedStatement due;
    private readonly PreparedStatement requests;
    private readonly PreparedStatement begin;
    private readonly PreparedStatement end;
    private readonly PreparedStatement endAll;
    private readonly PreparedStatement undelivered;

    /// <summary>Opens the file, or makes it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="keys">What addresses are sealed under.</param>
    /// <param name="former">What they were sealed to in format 1.</param>
    /// <exception cref="SealingKeysException">Its contents are sealed under other keys.</exception>
    public NoticeBook(string path, PersonKeys keys, EncryptionKey former)
    {
        this.keys = keys;
        connection = SealedFile.Open(path, keys, NoticeTables.Text, NoticeTables.SetAside);
        RecordDatabase.Execute(connection, "PRAGMA secure_delete = ON;");
        find = Prepare("SELECT content FROM addresses WHERE learner = @learner", "@learner");
        keep = Prepare(
            "INSERT OR REPLACE INTO addresses (learner, content) VALUES (@learner, @content)", "@learner", "@content");
        erase = Prepare("DELETE FROM addresses WHERE learner = @learner", "@learner");
        learners = Prepare("SELECT learner FROM addresses ORDER BY learner");
        plan = Prepare(
            """
            INSERT INTO notices (id, learner, channel, attempts, next_ms) VALUES (@id, @learner, @channel, 0, @next)
            """,
            "@id", "@learner", "@channel", "@next");
        tell = Prepare(
            """
            INSERT INTO told (learner, channel, verb, number, notice) VALUES (@learner, @channel, @verb, @number, @id)
            """,
            "@learner", "@channel", "@verb", "@number", "@id");
        known = Prepare(
            "SELECT verb, number FROM told WHERE learner = @learner AND channel = @channel", "@learner", "@channel");
        forget = Prepare(
            """
            DELETE FROM told WHERE learner = @learner AND channel = @channel AND verb = @verb AND number = @number
            """,
            "@learner", "@channel", "@verb", "@number");
        due = Prepare(
            "SELECT id, learner, channel, attempts FROM notices WHERE next_ms <= @now ORDER BY next_ms LIMIT @limit",
            "@now", "@limit");
        requests = Prepare("SELECT verb, number FROM told WHERE notice = @id ORDER BY verb, number", "@id");
        begin = Prepare(
            "UPDATE notices SET attempts = attempts + 1, next_ms = @next WHERE id = @id", "@next", "@id");
        end = Prepare("DELETE FROM notices WHERE id = @id", "@id");
        endAll = Prepare("DELETE FROM notices WHERE learner = @learner", "@learner");
        undelivered = Prepare("SELECT count(*) FROM notices WHERE learner = @learner", "@learner");
        SealedFile.WorkOff(
            connection, keys, NoticeTables.PlainAddresses, ["learner"],
            static row => PersonKeys.Learner(new Address(row.Bytes("learner"))),
            (transaction, row) => KeepFormer(transaction, row, former));
    }

    /// <summary>Where a learner is told, or null.</summary>
    public NoticeAddressPair? Find(Address learner)
    {
        lock (gate)
        {
            return find.Scalar(null, learner.ToArray()) is byte[] content
                && keys.OpenOrPass(ContextOf(learner), content).BytesOrNull is { } state
                    ? PairOf(NoticeState.Parser.ParseFrom(state))
                    : null;
        }
    }

    /// <summary>Keeps where a learner is told, in place of what was kept before.</summary>
    public void Set(Address learner, NoticeAddressPair addresses)
    {
        NoticeState kept = new()
        {
            Webhook = addresses.Webhook, Mail = addresses.Mail, SetUnixMs = addresses.Set.ToUnixTimeMilliseconds(),
        };
        keys.Prepare([PersonKeys.Learner(learner)]);
        Change(transaction => Keep(transaction, learner, kept.ToByteArray()));
        Overwrite();
    }

    /// <summary>
    /// Forgets where a learner is told, and what is not told yet; that it was told of a request stays, so that it is
    /// told of none twice.
    /// </summary>
    public void Erase(Address learner)
    {
        Change(transaction =>
        {
            erase.Run(transaction, learner.ToArray());
            endAll.Run(transaction, learner.ToArray());
        });
        Overwrite();
    }

    /// <summary>The learners who are told.</summary>
    public IReadOnlyList<Address> Learners()
    {
        lock (gate)
        {
            List<Address> all = [];
            using DbDataReader row = learners.Rows(null);
            while (row.Read())
            {
                all.Add(new Address(row.GetFieldValue<byte[]>(0)));
            }

            return all;
        }
    }

    /// <summary>The requests of which a learner was told by a channel, or will be.</summary>
    public IReadOnlySet<RequestName> Known(Address learner, NoticeChannel channel)
    {
        lock (gate)
        {
            return Names(known.Rows(null, learner.ToArray(), (long)channel)).ToHashSet();
        }
    }

    /// <summary>Makes a notice of requests that a learner was not told of by this channel.</summary>
    public void Plan(
        Guid id, Address learner, NoticeChannel channel, IReadOnlyList<RequestName> fresh, DateTimeOffset now) =>
        Change(transaction =>
        {
            plan.Run(transaction, Bytes(id), learner.ToArray(), (long)channel, now.ToUnixTimeMilliseconds());
            foreach (RequestName one in fresh)
            {
                tell.Run(transaction, learner.ToArray(), (long)channel, one.Verb, (long)one.Number, Bytes(id));
            }
        });

    /// <summary>Forgets requests that have ended: their numbers never come again.</summary>
    public void Forget(Address learner, NoticeChannel channel, IEnumerable<RequestName> ended) =>
        Change(transaction =>
        {
            foreach (RequestName one in ended)
            {
                forget.Run(transaction, learner.ToArray(), (long)channel, one.Verb, (long)one.Number);
            }
        });

    /// <summary>Notices that are to be sent by now, the longest due first, at most so many.</summary>
    public IReadOnlyList<DueNotice> Due(DateTimeOffset now, int limit)
    {
        lock (gate)
        {
            List<DueNotice> found = [];
            using (DbDataReader row = due.Rows(null, now.ToUnixTimeMilliseconds(), (long)limit))
            {
                while (row.Read())
                {
                    found.Add(new DueNotice(
                        new Guid(row.GetFieldValue<byte[]>(0)), new Address(row.GetFieldValue<byte[]>(1)),
                        (NoticeChannel)row.GetInt64(2), (int)row.GetInt64(3), []));
                }
            }

            return [.. found.Select(one => one with { Requests = [.. Names(requests.Rows(null, Bytes(one.Id)))] })];
        }
    }

    /// <summary>Notes, before a notice is sent, that it is, and when it is sent again if that fails.</summary>
    public void Begin(Guid id, DateTimeOffset next) =>
        Change(transaction => begin.Run(transaction, next.ToUnixTimeMilliseconds(), Bytes(id)));

    /// <summary>Notes that a notice was taken, or is needed no more.</summary>
    public void End(Guid id) => Change(transaction => end.Run(transaction, Bytes(id)));

    /// <summary>Notices to a learner that were not taken yet.</summary>
    public int Undelivered(Address learner)
    {
        lock (gate)
        {
            return (int)(long)undelivered.Scalar(null, learner.ToArray())!;
        }
    }

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            foreach (PreparedStatement statement in (PreparedStatement[])
                [find, keep, erase, learners, plan, tell, known, forget, due, requests, begin, end, endAll,
                    undelivered])
            {
                statement.Dispose();
            }

            connection.Dispose();
        }
    }

    private PreparedStatement Prepare(string sql, params ReadOnlySpan<string> parameters) =>
        new(connection, sql, parameters);

    private static byte[] ContextOf(Address learner) => [.. "notices"u8, .. learner.ToArray()];

    private void Keep(DbTransaction transaction, Address learner, byte[] state) => keep.Run(
        transaction, learner.ToArray(), keys.Seal(PersonKeys.Learner(learner), ContextOf(learner), state));

    // What does not open was sealed to a key that is gone: nobody was told by it any more.
    private void KeepFormer(DbTransaction transaction, PlainRow row, EncryptionKey former)
    {
        SealedMessage content = SealedMessage.Parser.ParseFrom(row.Bytes("content"));
        if (SealedMessages.Open(content, former, FormerSeal) is { } state)
        {
            Keep(transaction, new Address(row.Bytes("learner")), state);
        }
    }

    private void Change(Action<DbTransaction> change)
    {
        lock (gate)
        {
            using DbTransaction transaction = connection.BeginTransaction(deferred: false);
            change(transaction);
            transaction.Commit();
        }
    }

    // The log holds the former page until it is moved into the file, where that is overwritten.
    private void Overwrite()
    {
        lock (gate)
        {
            RecordDatabase.Execute(connection, "PRAGMA wal_checkpoint(TRUNCATE);");
        }
    }

    private static List<RequestName> Names(DbDataReader rows)
    {
        List<RequestName> names = [];
        using (rows)
        {
            while (rows.Read())
            {
                names.Add(new RequestName(rows.GetString(0), (ulong)rows.GetInt64(1)));
            }
        }

        return names;
    }

    private static NoticeAddressPair PairOf(NoticeState kept) =>
        new(kept.Webhook, kept.Mail, DateTimeOffset.FromUnixTimeMilliseconds(kept.SetUnixMs));

    private static byte[] Bytes(Guid id) => id.ToByteArray();
}
