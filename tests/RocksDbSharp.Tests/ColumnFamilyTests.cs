namespace RocksDbSharp.Tests;

public sealed class ColumnFamilyTests : DatabaseTest
{
    [Test]
    public void Families_keep_their_keys_apart()
    {
        using RocksDb database = OpenDatabase("one", "two");
        database.Put("key"u8, "1"u8, database.GetColumnFamily("one"));
        database.Put(Bytes("key"), Bytes("2"), database.GetColumnFamily("two"));
        Assert.That(database.Get("key"u8), Is.Null);
        Assert.That(database.Get("key"u8, database.GetDefaultColumnFamily()), Is.Null);
        Assert.That(Text(database.Get(Bytes("key"), database.GetColumnFamily("one"))), Is.EqualTo("1"));
        Assert.That(Text(database.Get("key"u8, database.GetColumnFamily("two"))), Is.EqualTo("2"));
    }

    [Test]
    public void The_families_of_a_closed_database_are_listed()
    {
        OpenDatabase("one", "two").Dispose();
        Assert.That(
            RocksDb.ListColumnFamilies(new DbOptions(), DatabasePath), Is.EquivalentTo(["default", "one", "two"]));
        Assert.That(RocksDb.TryListColumnFamilies(new DbOptions(), DatabasePath, out string[] names), Is.True);
        Assert.That(names, Has.Length.EqualTo(3));
    }

    [Test]
    public void A_missing_database_has_no_families_to_list()
    {
        Assert.That(RocksDb.TryListColumnFamilies(new DbOptions(), DatabasePath, out string[] names), Is.False);
        Assert.That(names, Is.Empty);
        Assert.That(
            () => RocksDb.ListColumnFamilies(new DbOptions(), DatabasePath),
            Throws.TypeOf<RocksDbException>().With.Message.StartsWith("IO error"));
    }

    [Test]
    public void A_database_does_not_open_without_all_its_families()
    {
        OpenDatabase("one", "two").Dispose();
        Assert.That(
            () => OpenDatabase("one"),
            Throws.TypeOf<RocksDbException>().With.Message.Contains("Column families not opened: two"));
    }

    [Test]
    public void A_family_is_made_and_dropped_while_the_database_is_open()
    {
        using RocksDb database = OpenDatabase("one");
        ColumnFamilyHandle made = database.CreateColumnFamily(new ColumnFamilyOptions(), "two");
        database.Put("key"u8, "value"u8, made);
        Assert.That(database.TryGetColumnFamily("two", out ColumnFamilyHandle? found), Is.True);
        Assert.That(found, Is.SameAs(made));
        database.DropColumnFamily("two");
        Assert.That(database.TryGetColumnFamily("two", out _), Is.False);
        Assert.That(() => database.GetColumnFamily("two"), Throws.TypeOf<KeyNotFoundException>());
        Assert.That(() => database.Get(Bytes("key"), made), Throws.TypeOf<ObjectDisposedException>());
    }

    [Test]
    public void A_database_opened_without_a_list_gives_out_no_families()
    {
        using RocksDb database = OpenDatabase();
        Assert.That(() => database.GetColumnFamily("default"), Throws.TypeOf<RocksDbSharpException>());
    }

    [Test]
    public void A_handle_that_no_database_gave_is_refused()
    {
        using RocksDb database = OpenDatabase();
        Assert.That(() => database.Get(Bytes("key"), new Forged()), Throws.ArgumentException);
    }

    private sealed class Forged : ColumnFamilyHandle
    {
        public IntPtr Handle => 1;
    }
}
