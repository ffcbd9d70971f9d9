using RocksDbSharp.Interop;

namespace RocksDbSharp.Tests;

public sealed class LibraryTests
{
    [Test]
    public void A_missing_library_is_reported_with_the_package_and_the_command()
    {
        DllNotFoundException? error = Assert.Throws<DllNotFoundException>(
            () => RocksDbLibrary.Load(["librocksdb.so.none"], RocksDbLibrary.Symbols));
        Assert.That(error!.Message, Does.Contain("librocksdb.so.none").And.Contain("Debian 12")
            .And.Contain("apt-get install librocksdb7.8"));
    }

    [Test]
    public void A_library_without_a_needed_symbol_is_reported_with_the_symbol()
    {
        DllNotFoundException? error = Assert.Throws<DllNotFoundException>(
            () => RocksDbLibrary.Load(RocksDbLibrary.Names, ["rocksdb_close", "rocksdb_unheard_of"]));
        Assert.That(error!.Message, Does.Contain("lacks rocksdb_unheard_of.").And.Contain("apt-get install"));
    }

    [Test]
    public void Every_declared_function_is_checked() =>
        Assert.That(
            RocksDbLibrary.Symbols,
            Does.Contain("rocksdb_open_column_families").And.Contain("rocksdb_iter_seek").And.Contain("rocksdb_free"));
}
