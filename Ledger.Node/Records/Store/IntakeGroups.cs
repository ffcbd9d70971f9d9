namespace Ledger.Node.Records;

/// <summary>
/// Requests that wait for the writer go into one transaction: they share its sync, and the pages that each of them
/// would have written. One of those who wait leads a group; the others sleep until it has ended. A request that fails
/// takes no other with it: the group is undone, and each goes alone.
/// </summary>
internal sealed class IntakeGroups(StoreSession session, StoreClock clock)
{
    /// <summary>Requests of a group: all wait for the last of them.</summary>
    private const int RequestsMax = 64;

    /// <summary>Records of a group of several requests: some tens of milliseconds.</summary>
    private const int RecordsMax = 1_000;

    private readonly object gate = new();
    private readonly Queue<WaitingIntake> waiting = new();
    private bool isLed;

    /// <summary>Requests that wait for a group, now.</summary>
    public int Waiting
    {
        get
        {
            lock (gate)
            {
                return waiting.Count;
            }
        }
    }

    /// <summary>Returns when the records are on the disk, or were refused; throws what the database throws.</summary>
    public IntakeResult Store(WaitingIntake mine)
    {
        lock (gate)
        {
            waiting.Enqueue(mine);
            while (isLed && !mine.HasEnded)
            {
                Monitor.Wait(gate);
            }

            if (mine.HasEnded)
            {
                return mine.Result();
            }

            isLed = true;
        }

        Lead(mine);
        return mine.Result();
    }

    private void Lead(WaitingIntake mine)
    {
        try
        {
            while (!mine.HasEnded)
            {
                session.Exclusively(() => Write(Take()));
                lock (gate)
                {
                    Monitor.PulseAll(gate);
                }
            }
        }
        finally
        {
            lock (gate)
            {
                isLed = false;
                Monitor.PulseAll(gate);
            }
        }
    }

    /// <summary>
    /// The next ones, at least one: taken when the writer is free, so that none has waited for nothing.
    /// </summary>
    private List<WaitingIntake> Take()
    {
        List<WaitingIntake> group = [];
        lock (gate)
        {
            int records = 0;
            while (group.Count < RequestsMax
                && waiting.TryPeek(out WaitingIntake? next)
                && (group.Count == 0 || records + next.Records <= RecordsMax))
            {
                records += next.Records;
                group.Add(waiting.Dequeue());
            }
        }

        return group;
    }

    private void Write(List<WaitingIntake> group)
    {
        try
        {
            IntakeResult[] results = session.Store(
                clock,
                (transaction, stored) => Array.ConvertAll([.. group], one => one.Write(transaction, stored)),
                static results => Array.Exists(results, static result => result.ConflictPath is null));
            for (int at = 0; at < group.Count; at++)
            {
                group[at].End(results[at]);
            }
        }
        catch (Exception) when (group.Count > 1)
        {
            // What may have been committed all the same is found again by its ids: the same records are stored once.
            group.ForEach(one => Write([one]));
        }
        catch (Exception problem)
        {
            group[0].End(problem);
        }
    }
}
