using Ledger.Contracts.Transactions;

namespace Ledger.Benchmarks.Populating;

/// <summary>
/// Cuts a school's records into transactions, in time order. Every contract is made and indexed before its first
/// record, in transactions of their own, so that an insertion waits only for the one that makes its contracts.
/// </summary>
public static class PopulationBatches
{
    /// <summary>Groups of a transaction that inserts: the protocol's limit.</summary>
    public const int GroupsMax = TransactionLimits.GroupsMax;

    /// <summary>What a group of one record takes at most: learner, verb's IRI, locator, commitment, and tags.</summary>
    private const int GroupBytesMax = 300;

    /// <summary>What one more record of a group takes at most.</summary>
    private const int RecordBytesMax = 90;

    /// <summary>Groups stay below this, so that signer and signature have room in the protocol's 256 KiB.</summary>
    private const int BytesMax = TransactionLimits.TransactionBytesMax - 4_096;

    /// <summary>The transactions that make contracts.</summary>
    public static IReadOnlyList<PopulationBatch> Creations(IReadOnlyList<PreparedRecord> records) =>
        [.. records.Select(record => (record.Learner, record.Verb)).Distinct().Chunk(GroupsMax)
            .Select(contracts => new PopulationBatch(contracts, []))];

    /// <summary>The transactions that insert, of at most <paramref name="recordsMax"/> records each.</summary>
    public static IReadOnlyList<PopulationBatch> Insertions(IReadOnlyList<PreparedRecord> records, int recordsMax)
    {
        List<PopulationBatch> batches = [];
        Dictionary<(int Learner, int Verb), List<PreparedRecord>> groups = [];
        int count = 0;
        int bytes = 0;
        foreach (PreparedRecord record in records)
        {
            bool isNew = !groups.ContainsKey((record.Learner, record.Verb));
            int size = isNew ? GroupBytesMax : RecordBytesMax;
            if (count == recordsMax || bytes + size > BytesMax || (isNew && groups.Count == GroupsMax))
            {
                batches.Add(Close(groups));
                count = 0;
                bytes = 0;
                size = GroupBytesMax;
            }

            if (!groups.TryGetValue((record.Learner, record.Verb), out List<PreparedRecord>? group))
            {
                groups.Add((record.Learner, record.Verb), group = []);
            }

            group.Add(record);
            count++;
            bytes += size;
        }

        if (count > 0)
        {
            batches.Add(Close(groups));
        }

        return batches;
    }

    private static PopulationBatch Close(Dictionary<(int Learner, int Verb), List<PreparedRecord>> groups)
    {
        PopulationBatch batch = new([.. groups.Keys], [.. groups.Values]);
        groups.Clear();
        return batch;
    }
}
