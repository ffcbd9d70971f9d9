using Ledger.Node.Records;

namespace Ledger.Node.Hosting;

/// <summary>Tells in the log how far the sealing of an older record store is, at each tenth of it.</summary>
internal sealed class LoggedSealing(ILogger logger) : IProgress<SealingProgress>
{
    private const int Parts = 10;

    private long told = -1;

    /// <inheritdoc/>
    public void Report(SealingProgress value)
    {
        long part = value.Total == 0 ? Parts : Parts * value.Done / value.Total;
        if (part != told)
        {
            told = part;
            logger.LogInformation(
                "the record store is of an older format: {Done} of {Total} rows are sealed; the node starts after that",
                value.Done, value.Total);
        }
    }
}
