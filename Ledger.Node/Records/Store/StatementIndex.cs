using System.Data.Common;
using Ledger.Client.Records;

namespace Ledger.Node.Records;

/// <summary>
/// Enters statements by what they are found, and what they tell of activities and agents. Used inside the writer's
/// transactions.
/// </summary>
internal sealed class StatementIndex : IDisposable
{
    private readonly StatementRelations relations;
    private readonly SeenThings seen;

    public StatementIndex(StoreSession session)
    {
        relations = new StatementRelations(session.Connection);
        seen = new SeenThings(session.Connection);
        session.Failed = seen.Forget;
    }

    /// <summary>Enters statements that stand in the table of records.</summary>
    public void Enter(DbTransaction transaction, IReadOnlyList<EnteredStatement> statements)
    {
        relations.Enter(transaction, statements);
        foreach (EnteredStatement statement in statements)
        {
            seen.Enter(transaction, statement.Facts);
        }
    }

    /// <summary>Enters those of some records that are statements, from their committed text.</summary>
    public void Enter(DbTransaction transaction, IReadOnlyList<StoredRecord> records) => Enter(
        transaction,
        [
            .. records.Where(record => record.Type == RecordType.XapiStatement).Select(record => new EnteredStatement(
                record.Sequence,
                record.Id,
                StatementFactsReader.Read(JsonTree.Parse(record.Committed.Span).Root, record.Version),
                record.Authority)),
        ]);

    /// <summary>Forgets what it remembers of activities and names that were written down.</summary>
    public void Forget() => seen.Forget();

    public void Dispose()
    {
        relations.Dispose();
        seen.Dispose();
    }
}
