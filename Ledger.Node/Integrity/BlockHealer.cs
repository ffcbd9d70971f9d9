using Google.Protobuf;
using Ledger.Consensus;
using Ledger.Node.Protos;
using Ledger.Node.Storage;
using Ledger.Primitives;

namespace Ledger.Node.Integrity;

/// <summary>
/// Fetches damaged blocks and bodies from the peers, one peer after the other, and writes what a quorum's certificate
/// proves. Nothing else is ever written; where no peer has a good copy, that is said loudly and asked again.
/// </summary>
public sealed class BlockHealer
{
    /// <summary>A peer that has a block answers within this; 16 peers are asked within a minute.</summary>
    public static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(3);

    /// <summary>How often the peers are asked again once all of them had nothing.</summary>
    public static readonly TimeSpan RetryTime = TimeSpan.FromMinutes(1);

    /// <summary>Questions of one look: an answer has up to 4 MiB, and catching up goes first.</summary>
    private const int QuestionsMax = 2;

    private readonly string folder;
    private readonly LedgerDatabase database;
    private readonly BlockInspector inspector;
    private readonly Hash256 chainId;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly Lock gate = new();
    private readonly SortedDictionary<ulong, WantedBlock> wanted = [];

    /// <summary>A healer of an open store; what an earlier run left to fetch is wanted again.</summary>
    public BlockHealer(
        string folder,
        LedgerDatabase database,
        BlockInspector inspector,
        Hash256 chainId,
        TimeProvider time,
        ILogger logger)
    {
        this.folder = folder;
        this.database = database;
        this.inspector = inspector;
        this.chainId = chainId;
        this.time = time;
        this.logger = logger;
        foreach (ulong height in RefetchList.Read(folder))
        {
            wanted[height] = new WantedBlock();
        }
    }

    /// <summary>Heights that are damaged now.</summary>
    public IReadOnlyList<ulong> Damaged
    {
        get
        {
            lock (gate)
            {
                return [.. wanted.Keys];
            }
        }
    }

    /// <summary>Damaged heights of which every peer was asked in vain.</summary>
    public IReadOnlyList<ulong> Nowhere
    {
        get
        {
            lock (gate)
            {
                return [.. wanted.Where(entry => entry.Value.IsNowhere).Select(entry => entry.Key)];
            }
        }
    }

    /// <summary>Says that the block of a decided height, or a body of it, is damaged or missing.</summary>
    public void Report(ulong height, string what)
    {
        lock (gate)
        {
            if (!wanted.TryAdd(height, new WantedBlock()))
            {
                return;
            }

            RefetchList.Write(folder, wanted.Keys);
        }

        RepairMark.Set(folder, $"height {height}: {what}");
        logger.LogError("Block {Height} is damaged on disk and is fetched from the peers: {What}", height, what);
    }

    /// <summary>Asks peers for what is wanted and due.</summary>
    /// <param name="peers">Those that may have it, in any order that does not change much.</param>
    /// <param name="ask">Sends the question for the block of a height to a peer.</param>
    public void AskDue(IReadOnlyList<Address> peers, Action<Address, ulong> ask)
    {
        if (peers.Count == 0)
        {
            return;
        }

        DateTimeOffset now = time.GetUtcNow();
        List<(Address Peer, ulong Height)> questions = [];
        lock (gate)
        {
            foreach ((ulong height, WantedBlock block) in wanted.Where(entry => entry.Value.Due <= now)
                .Take(QuestionsMax))
            {
                questions.Add((peers[block.Asked % peers.Count], height));
                block.Asked++;
                bool wasNowhere = block.IsNowhere;
                block.IsNowhere = block.Asked > peers.Count;
                block.Due = now + (block.Asked % peers.Count == 0 ? RetryAfter(block, peers.Count) : AnswerTime);
                if (block.IsNowhere && !wasNowhere)
                {
                    logger.LogCritical(
                        "No peer has given a good copy of block {Height}. It stays missing here; the node asks on.",
                        height);
                }
            }
        }

        foreach ((Address peer, ulong height) in questions)
        {
            ask(peer, height);
        }
    }

    /// <summary>
    /// Takes a block that a peer sent; true where it was wanted, whether or not it was good. Only a block that its
    /// certificate decides, with exactly the bodies of its leaves, is written; of one of a snapshot's window without
    /// the bodies.
    /// </summary>
    public bool Take(ProposalBlock block, Certificate certificate, BlockWithBodies received)
    {
        lock (gate)
        {
            if (!wanted.ContainsKey(block.Height))
            {
                return false;
            }
        }

        if (!inspector.IsDecided(block, certificate) || NamesOf(block, received) is not var (ids, signatures))
        {
            return true;
        }

        using DatabaseBatch batch = database.NewBatch();
        StoredBlock stored = new() { Block = received.Block, TransactionIds = UnsafeByteOperations.UnsafeWrap(ids) };
        bool isOfWindow = block.Height < inspector.Beginning.FirstBlock;
        if (isOfWindow)
        {
            stored.SignatureLists = UnsafeByteOperations.UnsafeWrap(signatures);
        }

        batch.Put(LedgerColumns.Blocks, LedgerDatabase.HeightKey(block.Height), stored.ToByteArray());
        for (int place = 0; place < block.Leaves.Length && !isOfWindow; place++)
        {
            batch.Put(
                LedgerColumns.Bodies, block.Leaves[place].ToArray(), received.Transactions[place].ToByteArray());
        }

        database.Write(batch, synced: true);
        lock (gate)
        {
            wanted.Remove(block.Height);
            RefetchList.Write(folder, wanted.Keys);
        }

        logger.LogWarning("Block {Height} is healed.", block.Height);
        return true;
    }

    // After the second round nothing is expected any more, and the peers are spared.
    private static TimeSpan RetryAfter(WantedBlock block, int peers) => block.Asked > peers ? RetryTime : AnswerTime;

    private (byte[] Ids, byte[] SignatureLists)? NamesOf(ProposalBlock block, BlockWithBodies received)
    {
        if (received.Transactions.Count != block.Leaves.Length)
        {
            return null;
        }

        byte[] ids = new byte[block.Leaves.Length * Hash256.Size];
        byte[] signatures = new byte[ids.Length];
        for (int place = 0; place < block.Leaves.Length; place++)
        {
            if (BodyHash.Of(received.Transactions[place].Span, chainId) is not { } names
                || names.Leaf != block.Leaves[place])
            {
                return null;
            }

            names.Id.CopyTo(ids.AsSpan(place * Hash256.Size));
            names.Signatures.CopyTo(signatures.AsSpan(place * Hash256.Size));
        }

        return (ids, signatures);
    }
}
