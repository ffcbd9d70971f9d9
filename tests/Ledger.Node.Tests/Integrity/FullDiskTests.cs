using System.Diagnostics;
using System.Globalization;
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
    private const int BytesPerPoint = 10_000;

    /// <summary>
    /// Debian's RocksDB is built with assertions, one of which may end the process before the failed write returns.
    /// </summary>
    private const int Aborted = 134;
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
        for (int point = 0; point < Points; point++)
        {
            string data = Path.Combine(mount, $"run{point}", "data");
            string ballast = Path.Combine(mount, "ballast");
            Directory.CreateDirectory(Path.GetDirectoryName(data)!);
            ulong promised = RunUntilFull(data, ballast, point);
            File.Delete(ballast);
            RequireWhole(data, point, promised);
            Directory.Delete(Path.GetDirectoryName(data)!, recursive: true);
        }
    }

    // The height that the run had promised when the full disk ended it.
    private static ulong RunUntilFull(string data, string ballast, int point)
    {
        ProcessStartInfo start = new("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList =
            {
                typeof(FillRun).Assembly.Location, "fill", data, ballast,
                (point * BytesPerPoint).ToString(CultureInfo.InvariantCulture),
                point.ToString(CultureInfo.InvariantCulture),
            },
        };
        using Process run = Process.Start(start)!;
        Task<string> errors = run.StandardError.ReadToEndAsync();
        string[] heights = run.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        run.WaitForExit();
        Assert.That(run.ExitCode, Is.EqualTo(FillRun.DiskFull).Or.EqualTo(Aborted), $"point {point}: {errors.Result}");
        return ulong.Parse(heights[^1], CultureInfo.InvariantCulture);
    }

    private static void RequireWhole(string data, int point, ulong promised)
    {
        using Cast cast = new(point);
        using (LedgerDatabase database = LedgerDatabase.Open(data))
        {
            ChainState chain = ChainRecovery.Open(database, cast.GenesisBytes);
            Assert.That(chain.Head.Height, Is.GreaterThanOrEqualTo(promised), $"point {point}");
        }

        using LedgerDatabase inspected = LedgerDatabase.OpenReadOnly(data, toDamage: false);
        Assert.That(
            StoreInspection.Run(inspected, cast.ChainId, Ed25519Verifier.Instance, static (_, _) => { }).Findings,
            Is.Empty,
            $"point {point}");
    }

    private static int Run(string program, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        process.WaitForExit();
        return process.ExitCode;
    }
}
