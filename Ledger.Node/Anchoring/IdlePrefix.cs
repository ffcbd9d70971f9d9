namespace Ledger.Node.Anchoring;

/// <summary>
/// Remembers up to which record all that waits is of accounts without a learner who may be written for, so that a long
/// outbox is not read anew at every look.
/// </summary>
public sealed class IdlePrefix(TimeProvider time)
{
    /// <summary>
    /// What the ledger says of enrolments may have changed after this; an account's pair tells at once.
    /// </summary>
    private static readonly TimeSpan GoodFor = TimeSpan.FromSeconds(5);

    private readonly Lock gate = new();
    private DateTimeOffset since = DateTimeOffset.MinValue;
    private long position;
    private bool isForgotten;

    /// <summary>The record after which a look begins.</summary>
    public long Start()
    {
        lock (gate)
        {
            DateTimeOffset now = time.GetUtcNow();
            if (now < since || now - since >= GoodFor)
            {
                since = now;
                position = 0;
            }

            isForgotten = false;
            return position;
        }
    }

    /// <summary>All up to this record was found idle; without effect where something has changed since.</summary>
    public void MoveTo(long sequence)
    {
        lock (gate)
        {
            position = isForgotten ? 0 : sequence;
        }
    }

    /// <summary>Something has changed: the next look begins at the first record.</summary>
    public void Forget()
    {
        lock (gate)
        {
            isForgotten = true;
            position = 0;
        }
    }
}
