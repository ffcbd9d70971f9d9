using System.Data.Common;

namespace Ledger.Node.Records;

/// <summary>
/// Moves what stands in a SQLite file's log into the file, beside the writer: a writer that does it itself stands
/// still meanwhile, and moves pages that the next transaction writes again.
/// </summary>
internal sealed class SqliteLogMover : IDisposable
{
    private readonly Action<Action> whileNobodyWrites;
    private readonly DbConnection connection;
    private readonly TimeSpan between;
    private readonly long pagesMax;
    private readonly CancellationTokenSource ending = new();
    private readonly Task moving;

    /// <summary>Begins.</summary>
    /// <param name="whileNobodyWrites">Runs an action between two transactions.</param>
    /// <param name="connection">Its own from now on.</param>
    /// <param name="between">Pages that change often are moved once in so long.</param>
    /// <param name="pagesMax">
    /// Pages of the log from which on the last ones are moved while nobody writes, so that the log begins anew: what is
    /// left to move then came within one pass.
    /// </param>
    public SqliteLogMover(
        Action<Action> whileNobodyWrites, DbConnection connection, TimeSpan between, long pagesMax)
    {
        this.between = between;
        this.pagesMax = pagesMax;
        this.whileNobodyWrites = whileNobodyWrites;
        this.connection = connection;
        moving = Task.Factory.StartNew(
            Run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Waits for the pass that is under way. The writer moves the rest when it closes.</summary>
    public void Dispose()
    {
        if (ending.IsCancellationRequested)
        {
            return;
        }

        ending.Cancel();
        moving.Wait();
        connection.Dispose();
        ending.Dispose();
    }

    private void Run()
    {
        while (!ending.Token.WaitHandle.WaitOne(between))
        {
            try
            {
                if (Move() > pagesMax)
                {
                    whileNobodyWrites(() => Move());
                }
            }
            catch (DbException)
            {
                // A disk that is full, or fails, is the writer's to tell: it meets it at its next transaction, and
                // moves the log itself once that is four times as long.
            }
        }
    }

    /// <summary>Moves what no reader still needs; answers how many pages the log has.</summary>
    private long Move()
    {
        using DbCommand command = connection.CreateCommand();
        command.CommandText = "PRAGMA wal_checkpoint(PASSIVE)";
        using DbDataReader row = command.ExecuteReader();
        return row.Read() ? row.GetInt64(1) : 0;
    }
}
