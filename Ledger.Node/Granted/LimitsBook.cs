using System.Data.Common;
using System.Text;
using Google.Protobuf;
using Ledger.Client.Keys;
using Ledger.Client.Protos;
using Ledger.Client.Sealing;
using Ledger.Contracts.LearnerProvider;
using Ledger.Contracts.State;
using Ledger.Node.Records;
using Ledger.Primitives;
using Microsoft.Data.Sqlite;

namespace Ledger.Node.Granted;

/// <summary>
/// Openings of limits of grants to this institution, sealed to this node, in an SQLite file. Each is bound to the chain
/// and the grant, and goes with the grant; what goes is overwritten. Used from any thread. Rule B-11 of
/// <c>docs/secure-box.md</c>.
/// </summary>
public sealed class LimitsBook : IDisposable
{
    /// <summary>Grants whose limits are kept: those of some years of admissions; limits are short.</summary>
    public const int GrantsMax = 10_000;

    private const long SchemaVersion = 1;

    private const string Tables = """
        CREATE TABLE limits (
            learner BLOB NOT NULL,
            verb TEXT NOT NULL,
            grant_number INTEGER NOT NULL,
            content BLOB NOT NULL,
            PRIMARY KEY (learner, verb, grant_number)
        ) STRICT, WITHOUT ROWID;
        """;

    private readonly Lock gate = new();
    private readonly Hash256 chainId;
    private readonly Address self;
    private readonly EncryptionKey own;
    private readonly SqliteConnection connection;
    private readonly PreparedStatement keep;
    private readonly PreparedStatement count;
    private readonly PreparedStatement find;
    private readonly PreparedStatement all;
    private readonly PreparedStatement remove;
    private readonly PreparedStatement forget;

    /// <summary>Opens the file, or makes it; openings are sealed to this key of this institution.</summary>
    public LimitsBook(string path, Hash256 chainId, Address self, EncryptionKey own)
    {
        this.chainId = chainId;
        this.self = self;
        this.own = own;
        connection = RecordDatabase.OpenWriter(path, Tables, SchemaVersion);
        RecordDatabase.Execute(connection, "PRAGMA secure_delete = ON");
        keep = new PreparedStatement(
            connection,
            "INSERT OR REPLACE INTO limits (learner, verb, grant_number, content) "
                + "VALUES ($learner, $verb, $grant, $content)",
            "$learner", "$verb", "$grant", "$content");
        count = new PreparedStatement(connection, "SELECT COUNT(*) FROM limits");
        find = new PreparedStatement(
            connection,
            "SELECT learner, verb, grant_number, content FROM limits WHERE learner = $learner AND verb = $verb "
                + "ORDER BY grant_number",
            "$learner", "$verb");
        all = new PreparedStatement(
            connection,
            "SELECT learner, verb, grant_number, content FROM limits ORDER BY learner, verb, grant_number");
        remove = new PreparedStatement(
            connection,
            "DELETE FROM limits WHERE learner = $learner AND verb = $verb AND grant_number = $grant",
            "$learner", "$verb", "$grant");
        forget = new PreparedStatement(connection, "DELETE FROM limits WHERE learner = $learner", "$learner");
    }

    /// <summary>Keeps the limits of grants, in place of what was kept of them; false where there is no room.</summary>
    public bool TryKeep(IReadOnlyList<KeptLimits> limits)
    {
        lock (gate)
        {
            using SqliteTransaction transaction = connection.BeginTransaction(deferred: false);
            foreach (KeptLimits one in limits)
            {
                StoredLimits content = new()
                {
                    Openings = { one.Openings }, Purpose = one.Purpose, KeptUnixMs = one.KeptUnixMs,
                };
                keep.Run(
                    transaction,
                    one.Llpc.Learner.ToArray(),
                    one.Llpc.Verb,
                    (long)one.Grant,
                    SealedMessages.Seal(
                        content.ToByteArray(),
                        [(self, new PublicKeyBytes(own.PublicKey))],
                        SealOf(one.Llpc, one.Grant)).ToByteArray());
            }

            if ((long)count.Scalar(transaction)! > GrantsMax)
            {
                return false;
            }

            transaction.Commit();
        }

        Overwrite();
        return true;
    }

    /// <summary>What is kept of a contract's grants, in order of number.</summary>
    public IReadOnlyList<KeptLimits> Find(LlpcName llpc)
    {
        lock (gate)
        {
            return Open(find.Rows(null, llpc.Learner.ToArray(), llpc.Verb));
        }
    }

    /// <summary>All that is kept.</summary>
    public IReadOnlyList<KeptLimits> All()
    {
        lock (gate)
        {
            return Open(all.Rows(null));
        }
    }

    /// <summary>Forgets the limits of grants that have ended; returns how many.</summary>
    public int End(IStateView state, long timeUnixMs)
    {
        int ended = 0;
        foreach (IGrouping<LlpcName, KeptLimits> llpc in All().GroupBy(static one => one.Llpc))
        {
            HashSet<ulong> live =
            [
                .. AccessRights.ReadGrants(state, llpc.Key, self, timeUnixMs)
                    .Select(static grant => grant.Grant.Number),
            ];
            foreach (KeptLimits one in llpc.Where(one => !live.Contains(one.Grant)))
            {
                ended += Change(remove, llpc.Key.Learner.ToArray(), llpc.Key.Verb, (long)one.Grant);
            }
        }

        return ended;
    }

    /// <summary>Forgets the limits of all grants about a learner; returns how many.</summary>
    public int Forget(Address learner) => Change(forget, learner.ToArray());

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            foreach (PreparedStatement statement in (PreparedStatement[])[keep, count, find, all, remove, forget])
            {
                statement.Dispose();
            }

            connection.Dispose();
        }
    }

    private int Change(PreparedStatement statement, params object?[] values)
    {
        int changed;
        lock (gate)
        {
            using SqliteTransaction transaction = connection.BeginTransaction(deferred: false);
            changed = statement.Run(transaction, values);
            transaction.Commit();
        }

        if (changed > 0)
        {
            Overwrite();
        }

        return changed;
    }

    // The log holds the former page until it is moved into the file, where that is overwritten.
    private void Overwrite()
    {
        lock (gate)
        {
            RecordDatabase.Execute(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
        }
    }

    // What was sealed for another grant, or on another chain, is as if it were not there.
    private List<KeptLimits> Open(DbDataReader rows)
    {
        List<KeptLimits> found = [];
        using (rows)
        {
            while (rows.Read())
            {
                LlpcName llpc = new(new Address(rows.GetFieldValue<byte[]>(0)), rows.GetString(1));
                ulong grant = (ulong)rows.GetInt64(2);
                SealedMessage content = SealedMessage.Parser.ParseFrom(rows.GetFieldValue<byte[]>(3));
                if (SealedMessages.Open(content, own, SealOf(llpc, grant)) is { } opened)
                {
                    StoredLimits limits = StoredLimits.Parser.ParseFrom(opened);
                    found.Add(new KeptLimits(llpc, grant, [.. limits.Openings], limits.Purpose, limits.KeptUnixMs));
                }
            }
        }

        return found;
    }

    private Hash256 SealOf(LlpcName llpc, ulong grant)
    {
        HashBuilder builder = new(Tags.KeptLimits, stackalloc byte[HashBuilder.ScratchBytes]);
        builder.Add(chainId);
        builder.Add(llpc.Learner);
        builder.Add(Encoding.UTF8.GetBytes(llpc.Verb));
        builder.Add(grant);
        return builder.Finish();
    }
}
