using Ledger.Node.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace Ledger.Node.Tests.Integrity;

public sealed class DiskGuardTests
{
    private const long Gibibyte = 1024L * 1024 * 1024;
    private string home = string.Empty;
    private DiskSpace space;

    private string Reserve => Path.Combine(home, "data" + ReserveFile.Suffix);

    [SetUp]
    public void MakeFolder()
    {
        home = Directory.CreateTempSubdirectory("disk-guard-").FullName;
        space = new DiskSpace(100 * Gibibyte, 50 * Gibibyte);
    }

    [TearDown]
    public void RemoveFolder() => Directory.Delete(home, recursive: true);

    [TestCase(20, 2.1, DiskLevel.Enough)]
    [TestCase(20, 1.9, DiskLevel.Alarm)]
    [TestCase(1000, 5.1, DiskLevel.Enough)]
    [TestCase(1000, 4.9, DiskLevel.Alarm)]
    [TestCase(20, 0.39, DiskLevel.Refusing)]
    [TestCase(20, 0.19, DiskLevel.Stopping)]
    [TestCase(1000, 0.9, DiskLevel.Refusing)]
    [TestCase(1000, 0.4, DiskLevel.Stopping)]
    public void A_tenth_or_five_gibibytes_warn_and_two_hundredths_or_one_refuse(
        long totalGibibytes, double freeGibibytes, DiskLevel expected)
    {
        space = new DiskSpace(totalGibibytes * Gibibyte, (long)(freeGibibytes * Gibibyte));

        Assert.That(Guard().Look(), Is.EqualTo(expected));
    }

    [Test]
    public void The_reserve_is_taken_while_there_is_room_and_given_back_at_a_start_without()
    {
        Guard().Look();
        Assert.That(File.Exists(Reserve), Is.True);

        space = space with { FreeBytes = 3 * Gibibyte / 4 };
        DiskGuard guard = Guard();
        guard.RequireRoom();

        Assert.That(File.Exists(Reserve), Is.False);
        Assert.That(guard.Level, Is.EqualTo(DiskLevel.Refusing));
    }

    [Test]
    public void A_node_does_not_begin_without_room_and_says_what_it_needs()
    {
        space = space with { FreeBytes = 1024 * 1024 };

        Assert.That(
            Assert.Throws<DiskFullException>(Guard().RequireRoom)!.Message,
            Does.Contain("has 1 MiB left").And.Contain("data are whole"));
    }

    private DiskGuard Guard() => new(
        () => space,
        measured => DiskLimits.Of(measured.TotalBytes),
        new ReserveFile(Path.Combine(home, "data")),
        NullLogger.Instance);
}
