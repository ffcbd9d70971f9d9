using Ledger.Client.Records;

namespace Ledger.Node.Records.Import;

/// <summary>
/// Takes records in as one batch, and where that is refused one by one, so that a single wrong record stops nothing.
/// </summary>
/// <param name="take">The intake of a body.</param>
/// <param name="wrap">Makes a body of records.</param>
internal sealed class BatchIntake(
    Func<ReadOnlyMemory<byte>, IntakeResult> take, Func<IReadOnlyList<ReadOnlyMemory<byte>>, byte[]> wrap)
{
    /// <summary>An intake takes bodies of a bounded size; half of it leaves room for what is wrapped around.</summary>
    private const int BatchBytesMax = RecordIntake.BodyBytesMax / 2;

    /// <summary>Takes the records in, in their order.</summary>
    public BatchResult Take(IReadOnlyList<GivenRecord> records)
    {
        int added = 0;
        int known = 0;
        int optedOut = 0;
        List<RecordRefusal> refused = [];
        foreach (GivenRecord[] batch in Batches(records))
        {
            if (TryTakeAll(batch) is { } all)
            {
                added += all.Added;
                known += all.Ids.Count - all.Added;
                continue;
            }

            foreach (GivenRecord one in batch)
            {
                BatchResult result = TakeOne(one);
                added += result.Added;
                known += result.Known;
                optedOut += result.OptedOut;
                refused.AddRange(result.Refused);
            }
        }

        return new BatchResult(added, known, optedOut, refused);
    }

    private IntakeResult? TryTakeAll(GivenRecord[] batch)
    {
        try
        {
            IntakeResult result = take(wrap([.. batch.Select(one => one.Json)]));
            return result.ConflictPath is null ? result : null;
        }
        catch (Exception refusal) when (refusal is RecordFormatException or UnwantedRecordException)
        {
            return null;
        }
    }

    private BatchResult TakeOne(GivenRecord one)
    {
        try
        {
            IntakeResult result = take(wrap([one.Json]));
            return result.ConflictPath is null
                ? new BatchResult(result.Added, result.Ids.Count - result.Added, 0, [])
                : Refused(one, "/id", "conflict", "The store holds another record with this id.");
        }
        catch (RecordFormatException refusal)
        {
            return Refused(one, RecordBody.PathInRecord(refusal), refusal.Rule, refusal.Message);
        }
        catch (UnwantedRecordException)
        {
            return new BatchResult(0, 0, 1, []);
        }
    }

    private static BatchResult Refused(GivenRecord one, string path, string rule, string message) =>
        new(0, 0, 0, [new RecordRefusal(one, path, rule, message)]);

    private static IEnumerable<GivenRecord[]> Batches(IReadOnlyList<GivenRecord> records)
    {
        List<GivenRecord> batch = [];
        int bytes = 0;
        foreach (GivenRecord one in records)
        {
            if (batch.Count > 0 && bytes + one.Json.Length > BatchBytesMax)
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
