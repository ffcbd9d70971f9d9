namespace Ledger.Benchmarks.Populating;

/// <summary>Adds what is reported, from several threads, and passes the sum on.</summary>
public sealed class CumulativeProgress(IProgress<int> sum) : IProgress<int>
{
    private int done;

    /// <inheritdoc/>
    public void Report(int value) => sum.Report(Interlocked.Add(ref done, value));
}
