using Ledger.Benchmarks.Populating;
using Ledger.Contracts.Transactions;
using Ledger.Node.Records;
using Ledger.Primitives;

namespace Ledger.Benchmarks.Tests.Populating;

/// <summary>Records are cut into transactions without a loss.</summary>
public sealed class PopulationBatchesTests
{
    [TestCase(1)]
    [TestCase(7)]
    [TestCase(500)]
    [TestCase(TransactionLimits.RecordsMax)]
    public void Every_record_is_inserted_once_and_none_before_its_contract_in_its_order(int recordsMax)
    {
        PreparedRecord[] records = Records(5_000, learners: 40, verbs: 30);
        IReadOnlyList<PopulationBatch> batches = PopulationBatches.Insertions(records, recordsMax);
        Assert.That(batches.Sum(batch => batch.RecordCount), Is.EqualTo(records.Length));
        Assert.That(batches.Max(batch => batch.RecordCount), Is.LessThanOrEqualTo(recordsMax));
        Assert.That(batches.Max(batch => batch.Contracts.Count), Is.LessThanOrEqualTo(TransactionLimits.GroupsMax));
        Assert.That(
            batches.SelectMany(batch => batch.Records.SelectMany(group => group))
                .Select(record => record.Locator.Value).Order(),
            Is.EqualTo(records.Select(record => record.Locator.Value)));
        foreach (PopulationBatch batch in batches)
        {
            Assert.That(batch.Contracts, Is.Unique);
            Assert.That(batch.Records.Zip(batch.Contracts).All(group => group.First.All(
                record => (record.Learner, record.Verb) == group.Second)));
        }
    }

    [Test]
    public void Every_contract_is_made_once()
    {
        PreparedRecord[] records = Records(5_000, learners: 40, verbs: 30);
        (int, int)[] made = [.. PopulationBatches.Creations(records).SelectMany(batch => batch.Contracts)];
        Assert.That(made, Is.Unique);
        Assert.That(made, Is.EquivalentTo(records.Select(record => (record.Learner, record.Verb)).Distinct()));
    }

    [Test]
    public void Without_records_there_is_no_transaction() =>
        Assert.That(PopulationBatches.Insertions([], 10), Is.Empty);

    private static PreparedRecord[] Records(int count, int learners, int verbs)
    {
        Random random = new(1);
        return [.. Enumerable.Range(0, count).Select(number => new PreparedRecord(
            random.Next(learners), random.Next(verbs), new HashedId((UInt128)number), Hash256.Zero))];
    }
}
