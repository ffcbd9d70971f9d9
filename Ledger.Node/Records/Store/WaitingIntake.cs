using System.Data.Common;
using System.Runtime.ExceptionServices;

namespace Ledger.Node.Records;

/// <summary>
/// Records that wait to be written, and what came of them. The work may be run more than once, each time in another
/// transaction, and writes nothing when its result is a conflict.
/// </summary>
internal sealed class WaitingIntake(int records, Func<DbTransaction, long, IntakeResult> work)
{
    private IntakeResult? result;
    private ExceptionDispatchInfo? failure;

    /// <summary>How many records it is.</summary>
    public int Records => records;

    /// <summary>Whether <see cref="Result"/> tells what came of it.</summary>
    public bool HasEnded => result is not null || failure is not null;

    /// <summary>Writes in a transaction, under a time of storing in milliseconds.</summary>
    public IntakeResult Write(DbTransaction transaction, long stored) => work(transaction, stored);

    /// <summary>The transaction has been committed, or there was nothing to write.</summary>
    public void End(IntakeResult ended) => result = ended;

    /// <summary>It was not written, or nobody knows.</summary>
    public void End(Exception problem) => failure = ExceptionDispatchInfo.Capture(problem);

    /// <summary>What came of it; throws what went wrong.</summary>
    public IntakeResult Result()
    {
        failure?.Throw();
        return result!;
    }
}
