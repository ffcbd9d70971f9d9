using System.Diagnostics;
using Ledger.BitFlips;
using Ledger.Client.Keys;
using Ledger.Node.Chain;
using Ledger.Node.Integrity;
using Ledger.Node.Storage;

namespace Ledger.Node.Tests.Integrity;

/// <summary>
/// A small file system of its own is filled at many points of a run. Where this user may not mount one, the test says
/// so and is not run.
/// </summary>
public sealed class FullDiskTests
{
    private const int Points = 12;
    private const int DiskMebibytes = 24;
    private string mount = string.Empty;

    [SetUp]
    public void Mount()
    {
        mount = Directory.CreateTempSubdirectory("full-disk-").FullName;
        if (!OperatingSystem.IsLinux()
            || Run("mount", "-t", "tmpfs", "-o", $"size={DiskMebibytes}m", "ledger-test", mount) != 0)
        {
            Directory.Delete(mount);
            Assert.Ignore("This user may not mount a small file system.");
        }
    }

    [TearDown]
    public void Unmount()
    {
        if (Directory.Exists(mount))
        {
            Run("umount", mount);
            Directory.Delete(mount);
        }
    }

    [Test]
    public void A_disk_that_fills_at_any_point_stops_the_store_and_leaves_it_whole()
    {
        int stopped = 0;
        for (int point = 0; point < Points; point++)
        {
            using Cast cast = new(point);
            string data = Path.Combine(mount, $"run{point}", "data");
            string ballast = Path.Combine(mount, "ballast");
            Directory.CreateDirectory(Path.GetDirectoryName(data)!);
            StoreMaker maker = new(cast, data);
            ulong reached = FillWhileDeciding(maker, cast, data, ballast, room: point * 10_000, ref stopped);
            File.Delete(ballast);

            using (LedgerDatabase database = LedgerDatabase.Open(data))
            {
                ChainState chain = ChainRecovery.Open(database, cast.GenesisBytes);
                Assert.That(chain.Head.Height, Is.GreaterThanOrEqualTo(reached), $"point {point}");
                maker.Decide(database, chain);
            }

            using LedgerDatabase inspected = LedgerDatabase.OpenReadOnly(data, toDamage: false);
            Assert.That(
                StoreInspection.Run(inspected, cast.ChainId, Ed25519Verifier.Instance, static (_, _) => { }).Findings,
                Is.Empty,
                $"point {point}");
            inspected.Dispose();
            Directory.Delete(Path.GetDirectoryName(data)!, recursive: true);
        }

        Assert.That(stopped, Is.EqualTo(Points), "every run met the full disk");
    }

    // Decides blocks while the disk has only so much room; returns the height that was promised last.
    private static ulong FillWhileDeciding(
        StoreMaker maker, Cast cast, string data, string ballast, int room, ref int stopped)
    {
        ulong reached = 0;
        LedgerDatabase database = LedgerDatabase.Open(data);
        try
        {
            ChainState chain = ChainRecovery.Open(database, cast.GenesisBytes);
            maker.Decide(database, chain);
            reached = chain.Head.Height;
            Fill(ballast, room);
            for (int block = 0; block < 200; block++)
            {
                maker.Decide(database, chain);
                reached = chain.Head.Height;
            }
        }
        catch (StorageFailedException)
        {
            stopped++;
            using DatabaseBatch again = database.NewBatch();
            Assert.Throws<StorageFailedException>(() => database.Write(again, synced: true), "it is never tried again");
        }
        finally
        {
            database.Dispose();
        }

        return reached;
    }

    private static void Fill(string ballast, int room)
    {
        long free = DiskSpace.Of(Path.GetDirectoryName(ballast)!).FreeBytes;
        using FileStream file = new(ballast, FileMode.Create);
        file.Write(new byte[Math.Max(0, free - room)]);
    }

    private static int Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode;
    }
}
