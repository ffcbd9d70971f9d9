using System.Text;
using Ledger.Node.Storage;

namespace Ledger.Node.Tests.Integrity;

/// <summary>
/// A power cut leaves any prefix of what was not synced. The log of writes is cut at bytes of its last batches:
/// what opens is whole up to some batch, holds every batch that was on disk before the cut, and never has a hole.
/// </summary>
public sealed class PowerCutTests
{
    private const int Batches = 12;
    private string home = string.Empty;

    private string Data => Path.Combine(home, "data");

    [SetUp]
    public void MakeFolder() => home = Directory.CreateTempSubdirectory("power-cut-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(home, recursive: true);

    [Test]
    public void A_log_that_is_cut_anywhere_gives_a_prefix_with_every_batch_before_the_cut()
    {
        long[] ends = WriteBatches();
        string log = Log(Data);
        for (long cut = ends[^3]; cut <= ends[^1]; cut += StepOf(cut, ends))
        {
            int synced = ends.Count(end => end <= cut);
            int kept = Kept(Path.GetFileName(log), cut, watermark: synced, out bool votesAreBroken);
            Assert.That(kept, Is.EqualTo(synced), $"cut at byte {cut}");
            Assert.That(votesAreBroken, Is.False, $"cut at byte {cut}");
        }
    }

    [Test]
    public void A_synced_batch_that_is_missing_after_all_is_noticed_by_the_watermark()
    {
        long[] ends = WriteBatches();

        Kept(Path.GetFileName(Log(Data)), ends[^1] - 1, watermark: Batches, out bool votesAreBroken);

        Assert.That(votesAreBroken, Is.True);
    }

    // Every byte around the ends of batches, and some within: each cut opens a database.
    private static long StepOf(long cut, long[] ends) => ends.Any(end => Math.Abs(end - cut) <= 4) ? 1 : 23;

    // The length of the log after each synced batch is what a disk that keeps its word has at least.
    private long[] WriteBatches()
    {
        using LedgerDatabase database = LedgerDatabase.Open(Data);
        long[] ends = new long[Batches];
        for (int number = 0; number < Batches; number++)
        {
            using DatabaseBatch batch = database.NewBatch();
            batch.Put(LedgerColumns.Consensus, [0], Encoding.ASCII.GetBytes($"vote {number}"));
            batch.Put(LedgerColumns.Blocks, LedgerDatabase.HeightKey((ulong)number), new byte[50]);
            batch.Put(LedgerColumns.Bodies, LedgerDatabase.HeightKey((ulong)number), new byte[50]);
            database.Write(batch, synced: true);
            ends[number] = new FileInfo(Log(Data)).Length;
        }

        return ends;
    }

    private int Kept(string log, long cut, int watermark, out bool votesAreBroken)
    {
        string copy = Path.Combine(home, "copy");
        MadeStore.CopyTo(Data, copy);
        using (FileStream file = new(Path.Combine(copy, log), FileMode.Open))
        {
            file.SetLength(cut);
        }

        using (Watermark mark = Watermark.Open(copy, 0))
        {
            mark.Reset((ulong)watermark);
        }

        try
        {
            using LedgerDatabase database = LedgerDatabase.OpenReadOnly(copy, toDamage: false);
            votesAreBroken = database.BrokenSeals.Contains(LedgerColumns.Consensus);
            int blocks = database.Scan(LedgerColumns.Blocks, []).Count();
            Assert.That(database.Scan(LedgerColumns.Bodies, []).Count(), Is.EqualTo(blocks), "a batch is whole");
            Assert.That(database.Sequence, Is.EqualTo((ulong)blocks));
            Assert.That(
                Encoding.ASCII.GetString(database.Get(LedgerColumns.Consensus, [0])!),
                Is.EqualTo($"vote {blocks - 1}"));
            return blocks;
        }
        finally
        {
            Directory.Delete(copy, recursive: true);
        }
    }

    private static string Log(string folder) =>
        Directory.GetFiles(folder, "*.log").MaxBy(file => new FileInfo(file).Length)!;
}
