using System.Data;
using System.Data.Common;

namespace Ledger.Node.Records;

/// <summary>A connection that only reads, and the lock around it.</summary>
internal sealed class ReadSession : IDisposable
{
    private readonly Lock reading = new();
    private readonly IRecordBackend backend;

    public ReadSession(IRecordBackend backend)
    {
        this.backend = backend;
        Connection = backend.OpenReader();
    }

    /// <summary>The connection; statements are made on it and used inside <see cref="Read{T}"/> only.</summary>
    public DbConnection Connection { get; }

    /// <summary>Reads what the last transaction left.</summary>
    public T Read<T>(Func<T> work)
    {
        lock (reading)
        {
            if (Connection.State != ConnectionState.Open)
            {
                backend.Reopen(Connection, writes: false);
            }

            return work();
        }
    }

    /// <summary>Releases statements that were made on the connection, while nobody reads.</summary>
    public void Close(IEnumerable<IDisposable> statements)
    {
        lock (reading)
        {
            foreach (IDisposable statement in statements)
            {
                statement.Dispose();
            }
        }
    }

    public void Dispose()
    {
        lock (reading)
        {
            Connection.Dispose();
        }
    }
}
