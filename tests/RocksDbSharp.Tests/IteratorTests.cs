using System.Runtime.CompilerServices;

namespace RocksDbSharp.Tests;

public sealed class IteratorTests : DatabaseTest
{
    [Test]
    public void An_iterator_goes_through_the_keys_in_both_directions()
    {
        using RocksDb database = OpenFilled();
        using Iterator iterator = database.NewIterator();
        Assert.That(Forward(iterator.SeekToFirst()), Is.EqualTo("a1 b2 c3 d4 e5"));
        Assert.That(Backward(iterator.SeekToLast()), Is.EqualTo("e5 d4 c3 b2 a1"));
    }

    [Test]
    public void Bounds_hold_in_both_directions_and_outlive_a_collection()
    {
        using RocksDb database = OpenFilled();
        using Iterator iterator = NewBoundedIterator(database);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        Assert.That(Forward(iterator.SeekToFirst()), Is.EqualTo("b2 c3"));
        Assert.That(Backward(iterator.SeekToLast()), Is.EqualTo("c3 b2"));
        Assert.That(iterator.Seek("d"u8).Valid(), Is.False);
        Assert.That(iterator.SeekForPrev("a"u8).Valid(), Is.False);
    }

    [Test]
    public void Changed_bounds_do_not_disturb_an_iterator_that_runs()
    {
        using RocksDb database = OpenFilled();
        ReadOptions options = new ReadOptions().SetIterateUpperBound(Bytes("c"));
        using Iterator first = database.NewIterator(null, options);
        options.SetIterateLowerBound(Bytes("b"));
        using Iterator second = database.NewIterator(null, options);
        Assert.That(Forward(first.SeekToFirst()), Is.EqualTo("a1 b2"));
        Assert.That(Forward(second.SeekToFirst()), Is.EqualTo("b2"));
    }

    [Test]
    public void Seeking_finds_the_nearest_key_on_the_asked_side()
    {
        using RocksDb database = OpenFilled();
        using Iterator iterator = database.NewIterator();
        Assert.That(Text(iterator.Seek("bb"u8).Key()), Is.EqualTo("c"));
        Assert.That(Text(iterator.Seek(Bytes("b")).Key()), Is.EqualTo("b"));
        Assert.That(Text(iterator.SeekForPrev("bb"u8).Key()), Is.EqualTo("b"));
        Assert.That(Text(iterator.SeekForPrev(Bytes("b")).Key()), Is.EqualTo("b"));
        Assert.That(iterator.Seek("f"u8).Valid(), Is.False);
    }

    [Test]
    public void Spans_show_the_key_and_value_without_a_copy()
    {
        using RocksDb database = OpenFilled();
        using Iterator iterator = database.NewIterator().SeekToFirst();
        Assert.That(iterator.GetKeySpan().SequenceEqual("a"u8), Is.True);
        Assert.That(iterator.GetValueSpan().SequenceEqual("1"u8), Is.True);
    }

    [Test]
    public void An_iterator_that_stands_on_no_key_refuses_to_read_or_move()
    {
        using RocksDb database = OpenFilled();
        using Iterator iterator = database.NewIterator();
        Assert.That(iterator.Valid(), Is.False);
        Assert.That(iterator.Key, Throws.InvalidOperationException);
        Assert.That(iterator.Value, Throws.InvalidOperationException);
        Assert.That(iterator.Next, Throws.InvalidOperationException);
        Assert.That(iterator.Prev, Throws.InvalidOperationException);
    }

    [Test]
    public void An_iterator_does_not_see_later_writes()
    {
        using RocksDb database = OpenFilled();
        using Iterator iterator = database.NewIterator();
        database.Put("f"u8, "6"u8);
        Assert.That(Forward(iterator.SeekToFirst()), Does.Not.Contain("f6"));
    }

    [Test]
    public void An_iterator_stays_in_its_column_family()
    {
        using RocksDb database = OpenDatabase("other");
        database.Put("a"u8, "1"u8);
        database.Put("b"u8, "2"u8, database.GetColumnFamily("other"));
        using Iterator iterator = database.NewIterator(database.GetColumnFamily("other"));
        Assert.That(Forward(iterator.SeekToFirst()), Is.EqualTo("b2"));
    }

    [Test]
    public void An_iterator_holds_the_database_open_until_it_is_disposed_of()
    {
        RocksDb database = OpenFilled();
        Iterator iterator = database.NewIterator();
        database.Dispose();
        Assert.That(Forward(iterator.SeekToFirst()), Is.EqualTo("a1 b2 c3 d4 e5"));
        Assert.That(() => OpenDatabase(), Throws.TypeOf<RocksDbException>().With.Message.Contains("lock"));
        iterator.Dispose();
        Assert.That(iterator.Valid, Throws.TypeOf<ObjectDisposedException>());
        Assert.That(iterator.SeekToFirst, Throws.TypeOf<ObjectDisposedException>());
        using RocksDb again = OpenDatabase();
    }

    [Test]
    public void What_is_forgotten_undisposed_is_released_by_the_collector()
    {
        Forget();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        using RocksDb again = OpenDatabase();
        Assert.That(again.HasKey("a"u8), Is.True);
    }

    [Test]
    public void A_block_that_is_damaged_ends_the_iterator_with_an_error()
    {
        using (RocksDb database = OpenFilled())
        {
            database.Flush(new FlushOptions());
        }

        string file = Directory.GetFiles(DatabasePath, "*.sst").Single();
        byte[] content = File.ReadAllBytes(file);
        content[0] ^= 0xff;
        File.WriteAllBytes(file, content);
        using RocksDb again = OpenDatabase();
        using Iterator iterator = again.NewIterator(null, new ReadOptions().SetVerifyChecksums(true)).SeekToFirst();
        Assert.That(iterator.Valid, Throws.TypeOf<RocksDbException>().With.Message.StartsWith("Corruption"));
        Assert.That(
            () => again.Get("a"u8), Throws.TypeOf<RocksDbException>().With.Message.StartsWith("Corruption"));
    }

    private static Iterator NewBoundedIterator(RocksDb database) => database.NewIterator(
        null,
        new ReadOptions().SetIterateLowerBound(Bytes("b")).SetIterateUpperBound(Bytes("d")).SetTotalOrderSeek(true));

    private static string Forward(Iterator iterator)
    {
        List<string> pairs = [];
        for (; iterator.Valid(); iterator.Next())
        {
            pairs.Add(Text(iterator.Key()) + Text(iterator.Value()));
        }

        return string.Join(' ', pairs);
    }

    private static string Backward(Iterator iterator)
    {
        List<string> pairs = [];
        for (; iterator.Valid(); iterator.Prev())
        {
            pairs.Add(Text(iterator.Key()) + Text(iterator.Value()));
        }

        return string.Join(' ', pairs);
    }

    // In a method of its own, so that nothing on the stack still refers to the objects.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Forget()
    {
        RocksDb database = OpenFilled();
        Snapshot snapshot = database.CreateSnapshot();
        Iterator iterator = database.NewIterator(null, new ReadOptions().SetSnapshot(snapshot)).SeekToFirst();
        Assert.That(iterator.Valid(), Is.True);
    }

    private RocksDb OpenFilled()
    {
        RocksDb database = OpenDatabase();
        foreach (string pair in (string[])["a1", "b2", "c3", "d4", "e5"])
        {
            database.Put(Bytes(pair[..1]), Bytes(pair[1..]));
        }

        return database;
    }
}
