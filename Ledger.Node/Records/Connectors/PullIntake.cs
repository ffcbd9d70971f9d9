using Ledger.Client.Records;

namespace Ledger.Node.Records.Connectors;

/// <summary>
/// Takes in what a link brings: as one batch, and where the batch is refused one by one, so that a single wrong record
/// stops nothing. What is refused is kept in the journal; a record of a learner who wants none stored is not.
/// </summary>
/// <param name="settings">The link.</param>
/// <param name="journal">Where refused records go.</param>
/// <param name="take">The intake: a body that holds the records, and who brings them.</param>
/// <param name="wrap">Makes such a body of records.</param>
internal sealed class PullIntake(
    LinkSettings settings,
    ILinkJournal journal,
    Func<ReadOnlyMemory<byte>, string, IntakeResult> take,
    Func<IReadOnlyList<ReadOnlyMemory<byte>>, byte[]> wrap)
{
    /// <summary>Takes records in; returns how many were new, and how many were left out.</summary>
    public (int Added, int OptedOut) Take(IReadOnlyList<PulledRecord> records)
    {
        int added = 0;
        int optedOut = 0;
        foreach (PulledRecord nameless in records.Where(static one => one.Id.Length == 0))
        {
            // An id that is made up here would be another one whenever the record comes again.
            Keep(nameless, "/id", "required", "The record has no id.");
        }

        foreach (PulledRecord[] batch in Batches([.. records.Where(static one => one.Id.Length > 0)]))
        {
            if (TryTakeAll(batch) is { } all)
            {
                added += all;
                continue;
            }

            foreach (PulledRecord one in batch)
            {
                (int more, int fewer) = TakeOne(one);
                added += more;
                optedOut += fewer;
            }
        }

        return (added, optedOut);
    }

    private int? TryTakeAll(PulledRecord[] batch)
    {
        try
        {
            IntakeResult result = take(wrap([.. batch.Select(one => one.Json)]), settings.Authority);
            return result.ConflictPath is null ? result.Added : null;
        }
        catch (Exception refusal) when (refusal is RecordFormatException or OptedOutException)
        {
            return null;
        }
    }

    private (int Added, int OptedOut) TakeOne(PulledRecord one)
    {
        try
        {
            IntakeResult result = take(wrap([one.Json]), settings.Authority);
            if (result.ConflictPath is not null)
            {
                Keep(one, "/id", "conflict", "The store holds another record with this id.");
            }

            return (result.Added, 0);
        }
        catch (RecordFormatException refusal)
        {
            Keep(one, refusal.Path, refusal.Rule, refusal.Message);
            return (0, 0);
        }
        catch (OptedOutException)
        {
            return (0, 1);
        }
    }

    private void Keep(PulledRecord one, string path, string rule, string message) => journal.Refuse(
        settings.Name,
        new RefusedRecord(
            one.Id, path, rule, message, one.Json.Length <= JsonLimits.RecordBytesMax ? one.Json : default));

    // An intake takes bodies of a bounded size; half of that leaves room for what is wrapped around.
    private static IEnumerable<PulledRecord[]> Batches(IReadOnlyList<PulledRecord> records)
    {
        List<PulledRecord> batch = [];
        int bytes = 0;
        foreach (PulledRecord one in records)
        {
            if (batch.Count > 0 && bytes + one.Json.Length > RecordIntake.BodyBytesMax / 2)
            {
                yield return [.. batch];
                batch.Clear();
                bytes = 0;
            }

            batch.Add(one);
            bytes += one.Json.Length;
        }

        if (batch.Count > 0)
        {
            yield return [.. batch];
        }
    }
}
