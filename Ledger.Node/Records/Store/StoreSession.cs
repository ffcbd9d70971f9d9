using System.Data;
using System.Data.Common;

namespace Ledger.Node.Records;

/// <summary>
/// The one connection of a store that writes, and the lock around it: one transaction at a time, whole or not at all.
/// </summary>
internal sealed class StoreSession : IDisposable
{
    private readonly Lock writing = new();
    private readonly IRecordBackend backend;

    public StoreSession(IRecordBackend backend)
    {
        this.backend = backend;
        Connection = backend.OpenWriter();
    }

    /// <summary>Told inside the lock when a transaction was not committed because something failed.</summary>
    public Action Failed { get; set; } = static () => { };

    /// <summary>The connection; statements are made on it and used inside <see cref="Write{T}"/> only.</summary>
    public DbConnection Connection { get; }

    /// <summary>Runs work in a transaction, and commits it unless the work throws.</summary>
    public void Write(Action<DbTransaction> work) => Write(
        transaction =>
        {
            work(transaction);
            return true;
        },
        static _ => true);

    /// <summary>Runs work in a transaction, and commits it unless the work throws.</summary>
    public T Write<T>(Func<DbTransaction, T> work) => Write(work, static _ => true);

    /// <summary>Runs work in a transaction; commits it if its result is one to keep.</summary>
    public T Write<T>(Func<DbTransaction, T> work, Func<T, bool> keep)
    {
        lock (writing)
        {
            return Run(work, keep, static _ => { });
        }
    }

    /// <summary>The same, of work that stores something under a time of the clock's, in milliseconds.</summary>
    public T Store<T>(StoreClock clock, Func<DbTransaction, long, T> work, Func<T, bool> keep)
    {
        lock (writing)
        {
            long stored = clock.Begin();
            return Run(transaction => work(transaction, stored), keep, clock.End);
        }
    }

    /// <summary>Holds the lock for several transactions in turn, or for what is decided before one.</summary>
    public void Exclusively(Action work)
    {
        lock (writing)
        {
            work();
        }
    }

    /// <summary>Reads what the last transaction left, between two of them.</summary>
    public T Read<T>(Func<T> work)
    {
        lock (writing)
        {
            Revive();
            return work();
        }
    }

    /// <summary>Releases statements that were made on the connection, while nobody writes.</summary>
    public void Close(IEnumerable<IDisposable> statements)
    {
        lock (writing)
        {
            foreach (IDisposable statement in statements)
            {
                statement.Dispose();
            }
        }
    }

    public void Dispose()
    {
        lock (writing)
        {
            Connection.Dispose();
        }
    }

    private T Run<T>(Func<DbTransaction, T> work, Func<T, bool> keep, Action<StoreEnding> ended)
    {
        StoreEnding ending = StoreEnding.Undone;
        bool failed = true;
        try
        {
            Revive();
            using DbTransaction transaction = Connection.BeginTransaction();
            T result = work(transaction);
            if (keep(result))
            {
                ending = StoreEnding.Unknown;
                transaction.Commit();
                ending = StoreEnding.Kept;
            }

            failed = false;
            return result;
        }
        finally
        {
            ended(ending);
            if (failed)
            {
                Failed();
            }
        }
    }

    private void Revive()
    {
        if (Connection.State != ConnectionState.Open)
        {
            backend.Reopen(Connection, writes: true);
        }
    }
}
