using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Ledger.ApplyCost;
using Ledger.Contracts.State;
using Ledger.Contracts.Transactions;
using Ledger.Node.Storage;
using Ledger.Primitives;

namespace Ledger.Parts.State;

/// <summary>
/// The ledger of a school in this process, each block of which is applied and committed to a store with the node's own
/// settings.
/// </summary>
internal sealed partial class StoredLedger : IDisposable
{
    /// <summary>Transactions of a block that is measured: with 256 records each, what four clients hand in.</summary>
    private const int TransactionsOfBlock = 4;

    private const int RecordsOfTransaction = TransactionLimits.GroupsMax;

    /// <summary>
    /// A block that fills in has 64,000 records, in transactions of almost the bytes that one may have.
    /// </summary>
    private const int FillingTransactions = 20;

    private const int FillingInsertions = 100;
    private const int FillingRecordsOfInsertion = 32;

    private readonly ApplyWorld world;

    /// <summary>Makes an empty one in a new folder, which is removed with it.</summary>
    public StoredLedger(int learners, string folder)
    {
        world = new ApplyWorld(learners, folder);
        world.LookUpRecords();
    }

    /// <summary>Records of a block that is measured.</summary>
    public static int RecordsOfBlock => TransactionsOfBlock * RecordsOfTransaction;

    /// <summary>Records on the ledger.</summary>
    public long Records => world.Records;

    /// <summary>Bytes of the store's files.</summary>
    public long StoreBytes => new DirectoryInfo(world.DataFolder).EnumerateFiles("*", SearchOption.AllDirectories)
        .Sum(static file => file.Length);

    /// <summary>Bytes that the store's caches of blocks may take, as the store itself says in its log.</summary>
    public long BlockCacheBytes()
    {
        using FileStream log = new(
            Path.Combine(world.DataFolder, "LOG"), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using StreamReader reader = new(log);
        Match[] caches = [.. Cache().Matches(reader.ReadToEnd()).OfType<Match>()];
        Invariant.That(caches.Length > 0, "the store's log states its caches of blocks");

        // Columns that share a cache name it by its address.
        return caches.DistinctBy(cache => cache.Groups["address"].Value)
            .Sum(cache => long.Parse(cache.Groups["bytes"].Value, CultureInfo.InvariantCulture));
    }

    /// <summary>Commits blocks of many records, without waiting for the disk, until there are so many.</summary>
    public void FillTo(long records, Action<long> told)
    {
        while (world.Records < records)
        {
            using DatabaseBatch batch = world.ApplyToBatch(world.Insertions(
                FillingTransactions, FillingInsertions, FillingRecordsOfInsertion));
            world.WriteUnsynced(batch);
            told(world.Records);
        }
    }

    /// <summary>Applies and commits one block of random learners' records, and answers what it took.</summary>
    public CommittedBlock Commit()
    {
        ParsedTransaction[] transactions = world.Insertions(TransactionsOfBlock, RecordsOfTransaction, 1);
        TimeSpan used = Environment.CpuUsage.TotalTime;
        long start = Stopwatch.GetTimestamp();
        using DatabaseBatch batch = world.ApplyToBatch(transactions);
        long applied = Stopwatch.GetTimestamp();
        world.Write(batch);
        long committed = Stopwatch.GetTimestamp();
        return new CommittedBlock(
            Stopwatch.GetElapsedTime(start, applied).TotalMicroseconds / RecordsOfBlock,
            Stopwatch.GetElapsedTime(applied, committed).TotalMicroseconds / RecordsOfBlock,
            (Environment.CpuUsage.TotalTime - used).TotalMicroseconds / RecordsOfBlock);
    }

    /// <summary>How long random records take to be found in the store by their locators.</summary>
    public LookupTimes FindRecords(int count) => LookupTimes.Of(count, world.FindRandomRecord);

    /// <summary>How long values of random ranges take to be read from the state and proved.</summary>
    public LookupTimes ProveRanges(int count) => LookupTimes.Of(count, () =>
    {
        StateKey key = world.RandomRange();
        if (world.State.TryGet(key, out _))
        {
            world.State.Tree.Prove(key.Hash);
        }
    });

    /// <inheritdoc/>
    public void Dispose() => world.Dispose();

    [GeneratedRegex(
        @"block_cache: (?<address>0x[0-9a-f]+)\s+block_cache_name: \w+\s+block_cache_options:\s+"
        + @"capacity : (?<bytes>\d+)")]
    private static partial Regex Cache();
}
