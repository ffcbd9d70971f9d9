using Ledger.Contracts.Execution;

namespace Ledger.Contracts.Tests.Support;

/// <summary>The node-local record index, in memory.</summary>
public sealed class TestRecords : IRecordIndex
{
    private readonly SortedDictionary<RecordIndexKey, AnchoredRecord> records = [];

    public AnchoredRecord? Find(RecordIndexKey key) => records.GetValueOrDefault(key);

    public void Add(IEnumerable<AppendedRecord> appended)
    {
        foreach (AppendedRecord record in appended)
        {
            records.Add(record.IndexKey, record.Anchored);
        }
    }

    public void Remove(IEnumerable<ErasedLeaf> erased)
    {
        foreach (ErasedLeaf leaf in erased)
        {
            Assert.That(records.Remove(leaf.IndexKey), Is.True, "What is erased was anchored.");
        }
    }
}
