using System.Data.Common;
using Ledger.Client.Records;

namespace Ledger.Node.Records;

/// <summary>
/// What statements are found by, and what refers to what. A statement that refers to another is found by that one's
/// keys too, whichever of the two came first, and so on along a chain; and a statement is voided by one that refers to
/// it with that verb. Used inside the writer's transactions.
/// </summary>
internal sealed class StatementRelations : IDisposable
{
    /// <summary>References that are followed, in either direction: real chains have one or two.</summary>
    private const int HopsMax = 16;

    /// <summary>Statements that are found by one that is stored after them; others keep their own keys.</summary>
    private const int SourcesMax = 10_000;

    private readonly RowInserter keys;
    private readonly RowInserter targets;
    private readonly PreparedStatement byId;
    private readonly PreparedStatement sources;
    private readonly PreparedStatement idOf;
    private readonly PreparedStatement markVoided;

    public StatementRelations(DbConnection connection)
    {
        keys = new RowInserter(connection, "search_keys", ["key", "holder", "origin"], "ON CONFLICT DO NOTHING");
        targets = new RowInserter(
            connection, "statement_targets", ["target", "source", "voids"], "ON CONFLICT DO NOTHING");
        byId = new PreparedStatement(
            connection,
            "SELECT sequence, committed, authority, verb FROM records WHERE type = @type AND id = @id",
            "@type", "@id");
        sources = new PreparedStatement(
            connection,
            $"SELECT source, voids FROM statement_targets WHERE target = @target ORDER BY source LIMIT {SourcesMax}",
            "@target");
        idOf = new PreparedStatement(connection, "SELECT id FROM records WHERE sequence = @sequence", "@sequence");
        markVoided = new PreparedStatement(
            connection, "UPDATE records SET voided = 1 WHERE sequence = @sequence", "@sequence");
    }

    /// <summary>Enters statements that were just inserted into the table of records.</summary>
    public void Enter(DbTransaction transaction, IReadOnlyList<EnteredStatement> statements)
    {
        keys.Insert(
            transaction,
            [.. statements.SelectMany(one => Rows(one.Sequence, one.Sequence, KeysOf(one.Facts, one.Authority)))]);
        targets.Insert(
            transaction,
            [
                .. statements.Where(one => one.Facts.Target is not null).SelectMany(
                    one => new object?[] { one.Facts.Target, one.Sequence, one.Facts.Voids ? 1 : 0 }),
            ]);
        foreach (EnteredStatement statement in statements)
        {
            Relate(transaction, statement);
        }
    }

    public void Dispose()
    {
        keys.Dispose();
        targets.Dispose();
        byId.Dispose();
        sources.Dispose();
        idOf.Dispose();
        markVoided.Dispose();
    }

    private void Relate(DbTransaction transaction, EnteredStatement statement)
    {
        List<(long Source, bool Voids)> referring = Sources(transaction, statement.Id);
        if (statement.Facts.Target is null && referring.Count == 0)
        {
            return;
        }

        List<Origin> reached = Chain(transaction, statement.Facts.Target);
        if (statement.Facts.Voids && reached.Count > 0 && reached[0].Verb != XapiRules.VoidedVerb)
        {
            markVoided.Run(transaction, reached[0].Sequence);
        }

        if (!statement.Facts.Voids && referring.Exists(source => source.Voids))
        {
            markVoided.Run(transaction, statement.Sequence);
        }

        Inherit(transaction, statement.Sequence, reached);
        Origin own = new(statement.Sequence, string.Empty, KeysOf(statement.Facts, statement.Authority));
        foreach (long holder in Holders(transaction, referring))
        {
            Inherit(transaction, holder, [own, .. reached]);
        }
    }

    private void Inherit(DbTransaction transaction, long holder, List<Origin> origins) => keys.Insert(
        transaction,
        [
            .. origins.Where(origin => origin.Sequence != holder)
                .SelectMany(origin => Rows(holder, origin.Sequence, origin.Keys)),
        ]);

    /// <summary>The statements that a reference leads to, the nearest first, as far as they are stored.</summary>
    private List<Origin> Chain(DbTransaction transaction, string? target)
    {
        List<Origin> chain = [];
        while (target is not null && chain.Count < HopsMax)
        {
            using DbDataReader row = byId.Rows(transaction, (int)RecordType.XapiStatement, target);
            if (!row.Read() || chain.Exists(seen => seen.Sequence == row.GetInt64(0)))
            {
                break;
            }

            StatementFacts facts = Facts(row.GetFieldValue<byte[]>(1));
            chain.Add(new Origin(row.GetInt64(0), row.GetString(3), KeysOf(facts, row.GetString(2))));
            target = facts.Target;
        }

        return chain;
    }

    /// <summary>Those that refer to a statement, and those that refer to these.</summary>
    private HashSet<long> Holders(DbTransaction transaction, List<(long Source, bool Voids)> referring)
    {
        HashSet<long> holders = [];
        List<long> ring = [.. referring.Select(source => source.Source)];
        for (int hop = 0; hop < HopsMax && ring.Count > 0 && holders.Count < SourcesMax; hop++)
        {
            long[] added = [.. ring.Where(holders.Add)];
            ring = [];
            foreach (long source in added)
            {
                string id = (string)idOf.Scalar(transaction, source)!;
                ring.AddRange(Sources(transaction, id).Select(next => next.Source));
            }
        }

        return holders;
    }

    private List<(long Source, bool Voids)> Sources(DbTransaction transaction, string id)
    {
        List<(long, bool)> found = [];
        using DbDataReader rows = sources.Rows(transaction, id);
        while (rows.Read())
        {
            found.Add((rows.GetInt64(0), rows.GetInt64(1) == 1));
        }

        return found;
    }

    private static StatementFacts Facts(byte[] committed) =>
        StatementFactsReader.Read(JsonTree.Parse(committed).Root, string.Empty);

    private static IEnumerable<SearchKey> KeysOf(StatementFacts facts, string authority) =>
        facts.Keys.Append(SearchKey.Of(SearchKind.Authority, authority));

    private static IEnumerable<object?> Rows(long holder, long origin, IEnumerable<SearchKey> found) =>
        found.SelectMany(key => new object?[] { key.ToArray(), holder, origin });

    private readonly record struct Origin(long Sequence, string Verb, IEnumerable<SearchKey> Keys);
}
