using Ledger.Client.Records;
using Ledger.Node.Records.Caliper;

namespace Ledger.Node.Records.Import;

/// <summary>
/// Takes records in as one batch, and where that is refused one by one, so that a single wrong record stops nothing.
/// </summary>
internal sealed class BatchIntake
{
    /// <summary>An intake takes bodies of a bounded size; half of it leaves room for what is wrapped around.</summary>
    private const int BatchBytesMax = RecordIntake.BodyBytesMax / 2;

    private readonly Func<AttachmentParts, IntakeResult> take;
    private readonly Func<IReadOnlyList<ReadOnlyMemory<byte>>, byte[]> wrap;

    private BatchIntake(
        Func<AttachmentParts, IntakeResult> take, Func<IReadOnlyList<ReadOnlyMemory<byte>>, byte[]> wrap)
    {
        this.take = take;
        this.wrap = wrap;
    }

    /// <summary>For statements, by the intake of a list of them with their attachments.</summary>
    public static BatchIntake OfStatements(Func<AttachmentParts, IntakeResult> take) =>
        new(take, RecordBody.Statements);

    /// <summary>For events of a version of Caliper, by the intake of an envelope.</summary>
    public static BatchIntake OfEvents(CaliperVersion version, Func<ReadOnlyMemory<byte>, IntakeResult> take) =>
        new(parts => take(parts.Json), events => RecordBody.Events(events, version));

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
            IntakeResult result = take(Body(batch));
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
            IntakeResult result = take(Body([one]));
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

    private AttachmentParts Body(GivenRecord[] batch) => new(
        wrap([.. batch.Select(static one => one.Json)]), [.. batch.SelectMany(static one => one.Contents)]);

    private static BatchResult Refused(GivenRecord one, string path, string rule, string message) =>
        new(0, 0, 0, [new RecordRefusal(one, path, rule, message)]);

    private static IEnumerable<GivenRecord[]> Batches(IReadOnlyList<GivenRecord> records)
    {
        List<GivenRecord> batch = [];
        int bytes = 0;
        foreach (GivenRecord one in records)
        {
            // Attachments are not part of the text whose length is bounded, but they are in memory all the same.
            int length = one.Json.Length + one.Contents.Sum(static content => content.Content.Length);
            if (batch.Count > 0 && bytes + length > BatchBytesMax)
            {
                yield return [.. batch];
                batch.Clear();
                bytes = 0;
            }

            batch.Add(one);
            bytes += length;
        }

        if (batch.Count > 0)
        {
            yield return [.. batch];
        }
    }
}
