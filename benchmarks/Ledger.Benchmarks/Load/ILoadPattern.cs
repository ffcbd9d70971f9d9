namespace Ledger.Benchmarks.Load;

/// <summary>When operations are begun.</summary>
public interface ILoadPattern
{
    /// <summary>
    /// Begins operations until <paramref name="stop"/> is cancelled or nothing is left to send, and comes back when all
    /// that were begun have been answered. Fails when an operation fails.
    /// </summary>
    Task RunAsync(SampleBook book, CancellationToken stop, CancellationToken cancellation);
}
