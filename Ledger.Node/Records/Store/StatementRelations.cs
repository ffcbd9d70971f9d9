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

    private readonly StoreSeals seals;
    private readonly RecordRows rows;
    private readonly RowInserter keys;
    private readonly RowInserter targets;
    private readonly PreparedStatement byId;
    private readonly PreparedStatement sources;
    private readonly PreparedStatement idOf;
    private readonly PreparedStatement markVoided;

    public StatementRelations(DbConnection connection, StoreSeals seals)
    {
        this.seals = seals;
        rows = new RecordRows(seals);
        keys = new RowInserter(connection, "search_keys", ["key", "holder", "origin"], "ON CONFLICT DO NOTHING");
        targets = new RowInserter(
            connection, "statement_targets", ["target", "source", "voids"], "ON CONFLICT DO NOTHING");
        byId = new PreparedStatement(
            connection, $"SELECT {RecordRows.Columns} FROM records r WHERE r.id = @id", "@id");
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
            transaction, [.. statements.SelectMany(one => Rows(one.Sequence, one.Sequence, one.Keys.Found))]);
        targets.Insert(
            transaction,
            [
                .. statements.Where(one => one.Keys.Target is not null).SelectMany(
                    one => new object?[] { one.Keys.Target!.Value.ToArray(), one.Sequence, one.Voids ? 1 : 0 }),
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
        List<(long Source, bool Voids)> referring = Sources(transaction, statement.Keys.Id.ToArray());
        if (statement.Keys.Target is null && referring.Count == 0)
        {
            return;
        }

        List<Origin> reached = Chain(transaction, statement.Keys.Target);
        if (statement.Voids && reached.Count > 0 && reached[0].Verb != XapiRules.VoidedVerb)
        {
            markVoided.Run(transaction, reached[0].Sequence);
        }

        if (!statement.Voids && referring.Exists(source => source.Voids))
        {
            markVoided.Run(transaction, statement.Sequence);
        }

        Inherit(transaction, statement.Sequence, reached);
        Origin own = new(statement.Sequence, string.Empty, statement.Keys.Found);
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
    private List<Origin> Chain(DbTransaction transaction, SearchKey? target)
    {
        List<Origin> chain = [];
        while (target is { } id && chain.Count < HopsMax)
        {
            if (rows.Single(byId.Rows(transaction, id.ToArray())) is not { Record: { } found }
                || !found.IsReadable
                || chain.Exists(seen => seen.Sequence == found.Sequence))
            {
                break;
            }

            StatementFacts facts = StatementFactsReader.Read(
                JsonTree.Parse(found.Committed.Span).Root, string.Empty);
            chain.Add(new Origin(found.Sequence, found.VerbIri, seals.KeysOf(facts, found.Authority)));
            target = seals.TargetOf(facts);
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
                byte[] id = (byte[])idOf.Scalar(transaction, source)!;
                ring.AddRange(Sources(transaction, id).Select(next => next.Source));
            }
        }

        return holders;
    }

    private List<(long Source, bool Voids)> Sources(DbTransaction transaction, byte[] id)
    {
        List<(long, bool)> found = [];
        using DbDataReader referring = sources.Rows(transaction, id);
        while (referring.Read())
        {
            found.Add((referring.GetInt64(0), referring.GetInt64(1) == 1));
        }

        return found;
    }

    private static IEnumerable<object?> Rows(long holder, long origin, IEnumerable<SearchKey> found) =>
        found.SelectMany(key => new object?[] { key.ToArray(), holder, origin });

    private readonly record struct Origin(long Sequence, string Verb, IReadOnlyList<SearchKey> Keys);
}
