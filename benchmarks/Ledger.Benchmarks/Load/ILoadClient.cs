namespace Ledger.Benchmarks.Load;

/// <summary>What a load generator drives.</summary>
public interface ILoadClient
{
    /// <summary>Does one operation and comes back when it has been answered. May be called again meanwhile.</summary>
    ValueTask<LoadAnswer> PerformAsync(CancellationToken cancellation);
}
