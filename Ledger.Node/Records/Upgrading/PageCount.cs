namespace Ledger.Node.Records;

/// <summary>Counts rows that are sealed, and tells so after each page.</summary>
internal sealed class PageCount(long total, IProgress<SealingProgress> progress)
{
    private long done;

    /// <summary>A page was committed.</summary>
    public void Add(int rows)
    {
        done += rows;
        progress.Report(new SealingProgress(done, total));
    }
}
