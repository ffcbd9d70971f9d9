using System.Data.Common;
using Ledger.Node.Records;
using Ledger.Node.Sealing;
using Ledger.Node.Storage;
using RocksDbSharp;

namespace Ledger.Node.Anchoring;

/// <summary>
/// Runs rounds so that a disk or database that fails for a while, or damaged data, ends one round, not all of them.
/// What was signed is on disk before it is sent, so a round may end anywhere. Anything else is a defect and passes
/// through.
/// </summary>
public sealed class RoundGuard(ILogger logger)
{
    private string? last;

    /// <summary>Runs one round. A failure is told once, until it is another one or is over.</summary>
    public void Run(Action round)
    {
        try
        {
            round();
            last = null;
        }
        catch (Exception problem) when (
            problem is StorageFailedException or DamagedDataException or SealDamagedException or RecordStoreException
                or DbException or IOException or RocksDbException)
        {
            if (problem.Message != last)
            {
                last = problem.Message;
                logger.LogError(problem, "anchoring waits for the disk or database: {Message}", problem.Message);
            }
        }
    }
}
