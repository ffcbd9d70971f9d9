using System.Data.Common;

namespace Ledger.Node.Records;

/// <summary>
/// Enters statements by what they are found, and what they tell of activities and agents. Used inside the writer's
/// transactions.
/// </summary>
internal sealed class StatementIndex : IDisposable
{
    private readonly StatementRelations relations;
    private readonly SeenThings seen;

    public StatementIndex(StoreSession session, StoreSeals seals)
    {
        relations = new StatementRelations(session.Connection, seals);
        seen = new SeenThings(session.Connection, seals);
        session.Failed = seen.Forget;
    }

    /// <summary>Enters statements that stand in the table of records.</summary>
    public void Enter(DbTransaction transaction, IReadOnlyList<EnteredStatement> statements) =>
        relations.Enter(transaction, statements);

    /// <summary>Writes down what a statement tells of activities and agents.</summary>
    public void EnterTold(DbTransaction transaction, StatementFacts facts) => seen.Enter(transaction, facts);

    /// <summary>Forgets what it remembers of activities and names that were written down.</summary>
    public void Forget() => seen.Forget();

    public void Dispose()
    {
        relations.Dispose();
        seen.Dispose();
    }
}
