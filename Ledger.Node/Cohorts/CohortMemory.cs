using System.Buffers.Binary;
using System.Data.Common;
using Google.Protobuf;
using Ledger.Client.Boxes;
using Ledger.Client.Cohorts;
using Ledger.Client.Protos;
using Ledger.Node.Sealing;
using Ledger.Primitives;
using Microsoft.Data.Sqlite;

namespace Ledger.Node.Cohorts;

/// <summary>
/// What was asked of this box about cohorts, by whom and for what, and of whom each answer was: so that two answers
/// never tell of a few learners together, whoever asked for them. It knows learners by digests alone, which are all
/// that comparing needs. It survives a power cut, and an answer is in it before it leaves. Rules Y-4 and Y-5 of
/// <c>docs/cohorts.md</c>.
/// </summary>
public sealed class CohortMemory : IDisposable
{
    /// <summary>
    /// Different answers that are kept: each new one is compared with all of them, and after so many a learner's share
    /// might be found by equations over more than two. A box that has given them tells no new ones.
    /// </summary>
    public const int AnswersMax = 1_000;

    private const string PlainTable = "plain_parts";

    private const string SetAside = $"ALTER TABLE parts RENAME TO {PlainTable}";

    private const string Tables = """
        CREATE TABLE IF NOT EXISTS questions (
            number INTEGER PRIMARY KEY, asked_unix_ms INTEGER NOT NULL, asker BLOB NOT NULL,
            purpose TEXT NOT NULL, question BLOB NOT NULL, outcome TEXT NOT NULL) STRICT;
        CREATE TABLE parts (
            answer INTEGER NOT NULL, learner BLOB NOT NULL, records INTEGER NOT NULL,
            PRIMARY KEY (answer, learner)) STRICT, WITHOUT ROWID;
        """;

    private readonly Lock gate = new();
    private readonly PersonKeys keys;
    private readonly SqliteConnection connection;
    private readonly List<IReadOnlyDictionary<UInt128, ulong>> answers = [];

    /// <summary>Opens the file, or makes it. Throws <see cref="SqliteException"/> when the disk fails.</summary>
    /// <exception cref="SealingKeysException">Its digests are of another secret's file.</exception>
    public CohortMemory(string path, PersonKeys keys)
    {
        this.keys = keys;
        connection = SealedFile.Open(path, keys, Tables, SetAside);
        SealedFile.WorkOff(
            connection, keys, PlainTable, ["answer", "learner"], static _ => PersonKeys.Store,
            (transaction, row) => AddPart(
                transaction, row.Number("answer"), DigestOf(new Address(row.Bytes("learner"))), row.Number("records")));
        Load();
    }

    /// <summary>Different answers that were given.</summary>
    public int Answers
    {
        get
        {
            lock (gate)
            {
                return answers.Count;
            }
        }
    }

    /// <summary>
    /// Why an answer of these learners must not be given, or null: then it is remembered, synced. The question is kept
    /// either way.
    /// </summary>
    /// <param name="body">Who asks what, and what for.</param>
    /// <param name="parts">Records by learner; none of them 0.</param>
    /// <param name="learnersMin">Learners of an answer at the least.</param>
    /// <param name="nowUnixMs">When it was asked, by the box's clock.</param>
    public BoxRefusal? Judge(
        CohortRequestBody body, IReadOnlyDictionary<Address, ulong> parts, int learnersMin, long nowUnixMs)
    {
        Dictionary<UInt128, ulong> answer = parts.ToDictionary(part => DigestOf(part.Key), static part => part.Value);
        lock (gate)
        {
            BoxRefusal? refusal = RefusalOf(answer, learnersMin);
            bool isNew = refusal is null && !answers.Any(known => IsSame(known, answer));
            using SqliteTransaction transaction = connection.BeginTransaction(deferred: false);
            AddQuestion(transaction, body, refusal?.Code ?? "ANSWERED", nowUnixMs);
            if (isNew)
            {
                foreach ((UInt128 learner, ulong records) in answer)
                {
                    AddPart(transaction, answers.Count, learner, (long)records);
                }
            }

            transaction.Commit();
            if (isNew)
            {
                answers.Add(answer);
            }

            return refusal;
        }
    }

    /// <summary>What was asked, in order: when, by whom, for what, and what became of it.</summary>
    public IReadOnlyList<CohortLogLine> Log()
    {
        lock (gate)
        {
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText =
                "SELECT asked_unix_ms, asker, purpose, question, outcome FROM questions ORDER BY number";
            using SqliteDataReader rows = command.ExecuteReader();
            List<CohortLogLine> lines = [];
            while (rows.Read())
            {
                lines.Add(new CohortLogLine(
                    rows.GetInt64(0), new Address((byte[])rows.GetValue(1)), rows.GetString(2),
                    CohortQuestion.Parser.ParseFrom((byte[])rows.GetValue(3)), rows.GetString(4)));
            }

            return lines;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => connection.Dispose();

    private BoxRefusal? RefusalOf(IReadOnlyDictionary<UInt128, ulong> parts, int learnersMin)
    {
        if (parts.Count < learnersMin)
        {
            return CohortRefusals.TooFewLearners;
        }

        if (answers.Any(known => CohortDifference.TellsOfFew(known, parts, learnersMin)))
        {
            return CohortRefusals.DiffersByFew;
        }

        return answers.Count >= AnswersMax && !answers.Any(known => IsSame(known, parts))
            ? CohortRefusals.TooManyAnswers
            : null;
    }

    private static bool IsSame(IReadOnlyDictionary<UInt128, ulong> one, IReadOnlyDictionary<UInt128, ulong> other) =>
        one.Count == other.Count
        && one.All(part => other.TryGetValue(part.Key, out ulong records) && records == part.Value);

    private void Load()
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT answer, learner, records FROM parts ORDER BY answer";
        using SqliteDataReader rows = command.ExecuteReader();
        SortedDictionary<long, Dictionary<UInt128, ulong>> read = [];
        while (rows.Read())
        {
            if (!read.TryGetValue(rows.GetInt64(0), out Dictionary<UInt128, ulong>? parts))
            {
                parts = [];
                read.Add(rows.GetInt64(0), parts);
            }

            parts.Add(
                BinaryPrimitives.ReadUInt128BigEndian((byte[])rows.GetValue(1)), (ulong)rows.GetInt64(2));
        }

        answers.AddRange(read.Values);
    }

    private void AddQuestion(SqliteTransaction transaction, CohortRequestBody body, string outcome, long nowUnixMs)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = """
            INSERT INTO questions (asked_unix_ms, asker, purpose, question, outcome)
            VALUES ($time, $asker, $purpose, $question, $outcome)
            """;
        command.Parameters.AddWithValue("$time", nowUnixMs);
        command.Parameters.AddWithValue("$asker", body.Asker.ToByteArray());
        command.Parameters.AddWithValue("$purpose", body.Purpose);
        command.Parameters.AddWithValue("$question", body.Question.ToByteArray());
        command.Parameters.AddWithValue("$outcome", outcome);
        command.ExecuteNonQuery();
    }

    private UInt128 DigestOf(Address learner) => keys.Digest(DigestKinds.CohortLearner, learner.ToString());

    private void AddPart(DbTransaction transaction, long answer, UInt128 learner, long records)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.Transaction = (SqliteTransaction)transaction;
        command.CommandText = "INSERT INTO parts VALUES ($answer, $learner, $records)";
        command.Parameters.AddWithValue("$answer", answer);
        command.Parameters.AddWithValue("$learner", RecordsKey.BytesOf(learner));
        command.Parameters.AddWithValue("$records", records);
        command.ExecuteNonQuery();
    }
}
