using Google.Protobuf;
using Ledger.Consensus;
using Ledger.Contracts.Execution;
using Ledger.Contracts.Transactions;
using Ledger.Node.Chain;
using Ledger.Node.Peers;
using Ledger.Node.Pool;
using Ledger.Node.Protos;
using Ledger.Primitives;

namespace Ledger.Node.Agreement;

/// <summary>
/// Builds blocks from the pool and executes those of others. Lives on the kernel's thread; a block whose bodies are not
/// here waits while they are fetched by their leaves. Rules C-1 to C-3.
/// </summary>
public sealed class BlockAssembler : IBlockExecutor
{
    /// <summary>
    /// Executed blocks that wait for a decision: twice what the replica counts on, since it counts from the question
    /// and this class from the answer.
    /// </summary>
    private const int ExecutedMax = 2 * IBlockExecutor.ExecutedMax;

    private readonly Hash256 chainId;
    private readonly ChainState chain;
    private readonly TransactionPool pool;
    private readonly RecordIndex records;
    private readonly BodyStore bodies;
    private readonly FetchedBodies fetched;
    private readonly TimeProvider time;
    private readonly KernelHost host;
    private readonly PeerNetwork peers;
    private readonly Dictionary<Hash256, ExecutedBlock> executed = [];
    private readonly List<Hash256> executedOrder = [];
    private readonly ProposalGathering gathering;
    private volatile WaitingBlock? waiting;
    private int lookQueued;

    /// <summary>Assembles blocks on the head of <paramref name="chain"/>.</summary>
    public BlockAssembler(
        Hash256 chainId,
        ChainState chain,
        TransactionPool pool,
        RecordIndex records,
        BodyStore bodies,
        FetchedBodies fetched,
        TimeProvider time,
        KernelHost host,
        PeerNetwork peers)
    {
        this.chainId = chainId;
        this.chain = chain;
        this.pool = pool;
        this.records = records;
        this.bodies = bodies;
        this.fetched = fetched;
        this.time = time;
        this.host = host;
        this.peers = peers;
        gathering = new ProposalGathering(host, () => pool.Count, time, BuildUnlessDecided);
    }

    /// <inheritdoc/>
    public void Build(BuildRequest request)
    {
        Invariant.That(request.Height == chain.Head.Height + 1);
        gathering.Begin(request);
    }

    /// <summary>
    /// Says, from any thread, that a transaction has come: with enough of them a leader that gathers builds.
    /// </summary>
    public void OnWorkArrived() => gathering.OnWorkArrived();

    // For a block of a height that was decided meanwhile nobody waits.
    private void BuildUnlessDecided(BuildRequest request)
    {
        if (request.Height == chain.Head.Height + 1)
        {
            BuildNow(request);
        }
    }

    private void BuildNow(BuildRequest request)
    {
        long blockTime = chain.Head.NextTimeUnixMs(time);
        pool.Retire(blockTime);
        int waitingCount = pool.Count;
        IReadOnlyList<ParsedTransaction> chosen = pool.Select(transaction => IsValid(transaction, blockTime));
        if (chosen.Count == 0)
        {
            host.Post(new Input.ProposalBuilt(request.Height, request.View, null, null));
            return;
        }

        BlockResult result = Run(request.Height, blockTime, chosen);

        // What exceeds the work of a block waits for the next one.
        chosen = [.. chosen.Take(result.TransactionCount)];
        bool tookAll = chosen.Count >= waitingCount;
        ValidatorSet nextSet = SetOf(result);
        BlockHeader header = new()
        {
            Height = request.Height,
            Epoch = request.Epoch,
            ParentHash = request.ParentHash,
            TimeUnixMs = blockTime,
            TransactionRoot = result.TransactionRoot,
            ReceiptRoot = result.ReceiptRoot,
            StateRoot = result.StateRoot,
            ValidatorsHash = request.ValidatorsHash,
            NextValidatorsHash = nextSet.Hash,
        };
        ProposalBlock block = ProposalBlock.Of(header, [.. chosen.Select(transaction => transaction.Leaf)]);
        Keep(new ExecutedBlock(block, chosen, result, nextSet));
        gathering.OnBuilt(block.Hash, chosen.Count, tookAll);
        host.Post(new Input.ProposalBuilt(request.Height, request.View, block, nextSet));
    }

    /// <summary>
    /// How long the oldest transaction that a block could hold now has waited; null where none waits.
    /// </summary>
    public TimeSpan? OldestWork()
    {
        long blockTime = chain.Head.NextTimeUnixMs(time);
        return pool.OldestAge(transaction => IsValid(transaction, blockTime));
    }

    /// <inheritdoc/>
    public void Execute(ProposalBlock block, ExecutionMode mode)
    {
        if (executed.TryGetValue(block.Hash, out ExecutedBlock? known))
        {
            waiting = null;
            Renew(block.Hash);
            host.Post(new Input.Executed(block.Hash, mode, new ExecutionOutcome.Agreed(known.NextSet)));
            return;
        }

        waiting = new WaitingBlock(block, mode);
        waiting.Fill(bodies.Find);
        Continue();
        AskForMissing();
    }

    /// <summary>
    /// Says, from any thread, that bodies have come: the block that waits for them is looked at once more.
    /// </summary>
    public void OnBodyArrived()
    {
        if (waiting is not null && Interlocked.Exchange(ref lookQueued, 1) == 0)
        {
            host.Post(() =>
            {
                Volatile.Write(ref lookQueued, 0);
                waiting?.Fill(bodies.FindInMemory);
                Continue();
            });
        }
    }

    /// <summary>
    /// Asks the peers for the bodies that are still missing. Called on the kernel's thread, again while they are.
    /// </summary>
    public void AskForMissing()
    {
        if (waiting is null)
        {
            return;
        }

        fetched.Want(waiting.Missing.Select(place => waiting.Block.Leaves[place]));
        byte[] leaves = new byte[waiting.Missing.Count * Hash256.Size];
        for (int place = 0; place < waiting.Missing.Count; place++)
        {
            waiting.Block.Leaves[waiting.Missing[place]].CopyTo(leaves.AsSpan(place * Hash256.Size));
        }

        peers.SendAll(
            new Frame { BodyRequest = new BodyRequest { Leaves = UnsafeByteOperations.UnsafeWrap(leaves) } },
            FrameQueue.Urgent);
    }

    /// <summary>A block that was executed here and is now decided.</summary>
    public ExecutedBlock Take(Hash256 blockHash)
    {
        Invariant.That(executed.ContainsKey(blockHash), "a block is executed before it is committed");
        ExecutedBlock block = executed[blockHash];
        executed.Clear();
        executedOrder.Clear();
        waiting = null;
        gathering.OnDecided(blockHash);
        return block;
    }

    /// <summary>The bodies of a proposal that was executed here.</summary>
    public IReadOnlyList<ParsedTransaction> BodiesOf(Hash256 blockHash)
    {
        Invariant.That(executed.ContainsKey(blockHash), "a proposal is executed before it is persisted");
        return executed[blockHash].Transactions;
    }

    private ExecutionOutcome Judge(
        ProposalBlock block, ExecutionMode mode, IReadOnlyList<ParsedTransaction> transactions)
    {
        BlockHeader header = block.Header;
        if (header.Height != chain.Head.Height + 1 || header.ParentHash != chain.Head.BlockHash)
        {
            return new ExecutionOutcome.Invalid("not the next block");
        }

        string? fault = mode == ExecutionMode.Certified ? null : FaultOf(header, mode, transactions);
        if (fault is not null)
        {
            return new ExecutionOutcome.Invalid(fault);
        }

        BlockResult result = Run(header.Height, header.TimeUnixMs, transactions);
        ValidatorSet nextSet = SetOf(result);
        fault = result.TransactionCount < transactions.Count ? "the block makes more work than one may"
            : result.ReceiptRoot != header.ReceiptRoot ? "the receipt root differs"
            : result.StateRoot != header.StateRoot ? "the state root differs"
            : nextSet.Hash != header.NextValidatorsHash ? "the next validator set differs"
            : null;
        if (fault is not null)
        {
            return new ExecutionOutcome.Invalid(fault);
        }

        Keep(new ExecutedBlock(block, transactions, result, nextSet));
        return new ExecutionOutcome.Agreed(nextSet);
    }

    private string? FaultOf(BlockHeader header, ExecutionMode mode, IReadOnlyList<ParsedTransaction> transactions)
    {
        long local = time.GetUtcNow().ToUnixTimeMilliseconds();
        if (mode == ExecutionMode.Fresh && Math.Abs(header.TimeUnixMs - local) > BlockLimits.ClockSkewMsMax)
        {
            return "the block's time is more than 10 s away from this node's clock";
        }

        HashSet<Hash256> ids = [];
        long size = 0;
        long operations = 0;
        foreach (ParsedTransaction transaction in transactions)
        {
            size += transaction.SignedBytes.Length;
            operations += transaction.OperationCount;
            if (!ids.Add(transaction.Id) || !IsValid(transaction, header.TimeUnixMs))
            {
                return $"transaction {transaction.Id} is not valid in this block";
            }
        }

        return size > BlockLimits.BytesMax || operations > BlockLimits.OperationsMax
            ? "the block is over its limits"
            : null;
    }

    private bool IsValid(ParsedTransaction transaction, long blockTime) =>
        !chain.Recent.Contains(transaction.Id)
        && TransactionRules.Check(transaction, chain.Head.State, chain.Head.Height + 1, blockTime) is null;

    private BlockResult Run(ulong height, long blockTime, IReadOnlyList<ParsedTransaction> transactions) =>
        BlockExecutor.Execute(
            chain.Head.State,
            new ExpectedRecords(records, transactions),
            new BlockContext(height, blockTime, chainId, chain.Heads),
            transactions);

    private static ValidatorSet SetOf(BlockResult result) =>
        ValidatorSet.Of(result.NextValidators.Select(seat => new Validator(seat.Address, seat.VoteKey)));

    private void Continue()
    {
        if (waiting is { Missing.Count: 0 } complete)
        {
            waiting = null;
            ExecutionOutcome outcome = Judge(complete.Block, complete.Mode, complete.Bodies);
            host.Post(new Input.Executed(complete.Block.Hash, complete.Mode, outcome));
        }
    }

    private void Keep(ExecutedBlock block)
    {
        executed[block.Block.Hash] = block;
        Renew(block.Block.Hash);
        while (executedOrder.Count > ExecutedMax)
        {
            executed.Remove(executedOrder[0]);
            executedOrder.RemoveAt(0);
        }
    }

    private void Renew(Hash256 hash)
    {
        executedOrder.Remove(hash);
        executedOrder.Add(hash);
    }
}
