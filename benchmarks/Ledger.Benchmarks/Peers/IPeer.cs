namespace Ledger.Benchmarks.Peers;

/// <summary>A system that runs beside the ledger and is put under the same load.</summary>
public interface IPeer : IAsyncDisposable
{
    /// <summary>Its name in figures.</summary>
    string Name { get; }

    /// <summary>Its version, as it says itself.</summary>
    string Version { get; }

    /// <summary>Where its data lies.</summary>
    string Folder { get; }

    /// <summary>Its processes now, for what they use.</summary>
    IReadOnlyList<int> Processes { get; }

    /// <summary>Opens clients, each of which writes one value and waits until it is on disk.</summary>
    Task<IPeerClients> OpenAsync(int clients, CancellationToken cancellation);

    /// <summary>
    /// Throws <see cref="BenchmarkException"/> with the end of its log where one of its processes has ended.
    /// </summary>
    void RequireRunning();
}
