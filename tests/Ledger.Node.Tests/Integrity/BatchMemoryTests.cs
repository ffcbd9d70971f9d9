using Ledger.Node.Storage;
using Ledger.Node.Tests.Support;
using RocksDbSharp;

namespace Ledger.Node.Tests.Integrity;

public sealed class BatchMemoryTests
{
    private const string Column = LedgerColumns.Bodies;

    private static readonly byte[] First = [1, 1];
    private static readonly byte[] Second = [2, 2];
    private static readonly byte[] Value = [7];

    private DatabaseFolder folder = null!;

    [SetUp]
    public void Open() => folder = new DatabaseFolder();

    [TearDown]
    public void Close() => folder.Dispose();

    [Test]
    public void A_batch_that_was_given_up_leaves_nothing_to_the_next()
    {
        using (DatabaseBatch givenUp = folder.Database.NewBatch())
        {
            givenUp.Put(Column, First, Value);
        }

        using DatabaseBatch next = folder.Database.NewBatch();
        Assert.That(next.Count, Is.Zero);
        next.Put(Column, Second, Value);
        folder.Database.Write(next, synced: true);

        Assert.That(folder.Database.Get(Column, First), Is.Null);
        Assert.That(folder.Database.Get(Column, Second), Is.EqualTo(Value));
    }

    [Test]
    public void What_was_written_is_not_written_again_with_the_next()
    {
        Write(First);
        using (DatabaseBatch removing = folder.Database.NewBatch())
        {
            Write(Second);
            removing.Delete(Column, First);
            folder.Database.Write(removing, synced: true);
        }

        using DatabaseBatch next = folder.Database.NewBatch();
        Assert.That(next.Count, Is.Zero);
        next.Delete(Column, Second);
        folder.Database.Write(next, synced: true);

        Assert.That(folder.Database.Get(Column, First), Is.Null);
        Assert.That(folder.Database.Get(Column, Second), Is.Null);
    }

    [Test]
    public void Batches_that_are_open_together_have_nothing_in_common()
    {
        Write(First);
        using DatabaseBatch one = folder.Database.NewBatch();
        using DatabaseBatch other = folder.Database.NewBatch();
        one.Put(Column, Second, Value);

        Assert.That(one.Count, Is.EqualTo(1));
        Assert.That(other.Count, Is.Zero);
    }

    [Test]
    public void A_batch_is_closed_for_good()
    {
        DatabaseBatch closed = folder.Database.NewBatch();
        closed.Dispose();
        closed.Dispose();
        using DatabaseBatch next = folder.Database.NewBatch();

        Assert.That(() => closed.Put(Column, First, Value), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(next.Count, Is.Zero);
    }

    [Test]
    public void The_memory_of_a_batch_serves_the_next_until_it_is_given_back()
    {
        BatchMemory memory = new();
        WriteBatch first = memory.Take();
        memory.GiveBack(first);
        WriteBatch second = memory.Take();
        Assert.That(second, Is.SameAs(first));
        memory.GiveBack(second);
        memory.Free();

        using WriteBatch third = memory.Take();
        Assert.That(third, Is.Not.SameAs(first));
    }

    [Test]
    public void A_database_goes_on_after_what_was_kept_was_given_back()
    {
        Write(First);
        folder.Database.FreeBatchMemory();
        folder.Database.FreeBatchMemory();

        Write(Second);

        Assert.That(folder.Database.Get(Column, Second), Is.EqualTo(Value));
    }

    private void Write(byte[] key)
    {
        using DatabaseBatch batch = folder.Database.NewBatch();
        batch.Put(Column, key, Value);
        folder.Database.Write(batch, synced: true);
    }
}
