using System.Globalization;
using Ledger.Node.Storage;

namespace Ledger.Node.Tests.Integrity;

/// <summary>The database writes down, at each opening, with what options it runs.</summary>
public sealed class DatabaseOpeningTests
{
    private string folder = null!;

    [SetUp]
    public void Make() => folder = Directory.CreateTempSubdirectory("opening-").FullName;

    [TearDown]
    public void Remove() => Directory.Delete(folder, recursive: true);

    [Test]
    public void What_is_written_in_the_background_passes_by_the_page_cache_where_it_can() => Assert.That(
        OptionAfterOpening("use_direct_io_for_flush_and_compaction"),
        Is.EqualTo(DirectFiles.AreSupported(folder) ? "true" : "false"));

    [Test]
    public void To_find_that_out_leaves_nothing_behind()
    {
        DirectFiles.AreSupported(folder);

        Assert.That(Directory.EnumerateFileSystemEntries(folder), Is.Empty);
    }

    [Test]
    public void Each_start_has_a_size_of_its_own_for_the_log()
    {
        long[] sizes = [.. Enumerable.Range(0, 6).Select(_ => long.Parse(
            OptionAfterOpening("max_total_wal_size"), CultureInfo.InvariantCulture))];

        Assert.That(sizes, Is.All.InRange(20L * 1024 * 1024, 32L * 1024 * 1024));
        Assert.That(sizes.Distinct().Count(), Is.GreaterThan(1), "validators would fold their logs all at once");
    }

    [Test]
    public void What_was_written_so_is_read_again()
    {
        byte[] large = [.. Enumerable.Range(0, 100_000).Select(static place => (byte)(place % 251))];
        using (LedgerDatabase database = LedgerDatabase.Open(folder))
        {
            using DatabaseBatch batch = database.NewBatch();
            batch.Put(LedgerColumns.Bodies, new byte[32], large);
            database.Write(batch, synced: true);
            database.Scrub(LedgerColumns.Bodies);
        }

        using LedgerDatabase again = LedgerDatabase.Open(folder);
        Assert.That(again.Get(LedgerColumns.Bodies, new byte[32]), Is.EqualTo(large));
    }

    private string OptionAfterOpening(string name)
    {
        LedgerDatabase.Open(folder).Dispose();
        string file = Directory.GetFiles(folder, "OPTIONS-*").Order(StringComparer.Ordinal).Last();
        string line = File.ReadLines(file).Select(static one => one.Trim())
            .Single(one => one.StartsWith(name + "=", StringComparison.Ordinal));
        return line[(name.Length + 1)..];
    }
}
