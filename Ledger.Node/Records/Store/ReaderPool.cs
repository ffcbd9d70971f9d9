using System.Collections.Concurrent;

namespace Ledger.Node.Records;

/// <summary>
/// Readers of a store, each with a connection of its own: a look-up waits for no other one while a processor is free.
/// The one that was used last is used next, so that its pages are in memory.
/// </summary>
internal sealed class ReaderPool : IDisposable
{
    private const int ReadersMin = 2;

    /// <summary>Connections, each with a cache of 2 MB.</summary>
    private const int ReadersMax = 8;

    private readonly Func<RecordReader> open;
    private readonly ConcurrentStack<RecordReader> free = new();
    private readonly SemaphoreSlim places = new(Math.Clamp(Environment.ProcessorCount, ReadersMin, ReadersMax));

    /// <summary>
    /// Opens one reader, so that a database that cannot be read is told at once; the others when needed.
    /// </summary>
    public ReaderPool(Func<RecordReader> open)
    {
        this.open = open;
        free.Push(open());
    }

    /// <summary>Looks something up.</summary>
    public T Read<T>(Func<RecordReader, T> work)
    {
        places.Wait();
        try
        {
            RecordReader reader = free.TryPop(out RecordReader? rested) ? rested : open();
            try
            {
                return work(reader);
            }
            finally
            {
                free.Push(reader);
            }
        }
        finally
        {
            places.Release();
        }
    }

    /// <summary>Closes the readers; nobody reads any more.</summary>
    public void Dispose()
    {
        while (free.TryPop(out RecordReader? reader))
        {
            reader.Dispose();
        }

        places.Dispose();
    }
}
