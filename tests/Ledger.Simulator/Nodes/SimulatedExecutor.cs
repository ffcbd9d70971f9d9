using System.Collections.Immutable;
using Ledger.Consensus;
using Ledger.Primitives;
using Ledger.Simulator.Worlds;

namespace Ledger.Simulator.Nodes;

/// <summary>
/// Builds and executes blocks. Bodies that are missing are fetched from peers; answers come later.
/// </summary>
public sealed class SimulatedExecutor(World world, SimulatedNode node, ReplicatedState state) : IBlockExecutor
{
    private const long ClockToleranceMs = 10_000;
    private const int FetchTicks = 5;
    private const int AtOncePerMille = 100;

    private readonly HashSet<int> known = [];
    private readonly List<PendingTransaction> pending = [];
    private readonly HashSet<int> waiting = [];
    private readonly Dictionary<Hash256, ulong> executed = [];
    private ulong work;
    private ulong asked;
    private bool saidPending;

    /// <summary>The state after the head.</summary>
    public ReplicatedState State => state;

    /// <summary>Transactions that wait, oldest first.</summary>
    public IReadOnlyList<PendingTransaction> Pending => pending;

    /// <summary>Whether this node can give the body to others.</summary>
    public bool HasBody(int id) => known.Contains(id) || state.Has(id);

    /// <summary>Whether the result of a block is at hand, as it must be when the block is committed.</summary>
    public bool HoldsResult(Hash256 blockHash) => executed.ContainsKey(blockHash);

    /// <summary>Takes a transaction into the pool.</summary>
    public void Submit(int id)
    {
        if (!state.Has(id) && waiting.Add(id))
        {
            known.Add(id);
            pending.Add(new PendingTransaction(id, world.Now));
        }
    }

    /// <summary>Takes a body that was found on disk.</summary>
    public void Learn(Hash256 leaf)
    {
        if (world.Transactions.Find(leaf) is SimulatedTransaction transaction)
        {
            known.Add(transaction.Id);
        }
    }

    /// <summary>Tells the kernel when work appears or is gone.</summary>
    public void TellWork()
    {
        if (saidPending != pending.Count > 0)
        {
            saidPending = pending.Count > 0;
            node.Handle(new Input.WorkChanged(saidPending));
        }
    }

    /// <summary>Takes a decided block into the state.</summary>
    public void Apply(ProposalBlock block)
    {
        SimulatedTransaction[] transactions = world.TransactionsOf(block)!;
        state.Apply(transactions, world.SeatsMin);
        executed.Clear();
        bool waited = false;
        foreach (SimulatedTransaction one in transactions)
        {
            waited |= waiting.Remove(one.Id);
        }

        if (waited)
        {
            pending.RemoveAll(one => state.Has(one.Id));
        }
    }

    /// <inheritdoc/>
    public void Build(BuildRequest request)
    {
        node.Pass(CrashPoint.BeforeBuild);
        int ticks = 1 + world.Prng.Below(2) + (node.Adversary?.BuildDelayTicks ?? 0);
        ulong order = ++asked;
        Answer(ticks, () => AnswerBuild(request, order));
    }

    /// <inheritdoc/>
    public void Execute(ProposalBlock block, ExecutionMode mode)
    {
        node.Pass(CrashPoint.BeforeExecute);
        work++;
        ulong mine = work;
        ulong order = ++asked;
        if (HoldsResult(block.Hash))
        {
            executed[block.Hash] = order;
        }

        Answer(1 + world.Prng.Below(2), () => TryExecute(block, mode, mine, order));
    }

    // Now and then before the question has returned, as an executor may.
    private void Answer(int ticks, Action answer)
    {
        if (world.Prng.Chance(AtOncePerMille))
        {
            answer();
        }
        else
        {
            node.Later(ticks, answer);
        }
    }

    private void AnswerBuild(BuildRequest request, ulong order)
    {
        ImmutableArray<Hash256> leaves = ChooseLeaves();
        if (leaves.Length == 0 || request.Height != node.Disk.Height + 1)
        {
            node.Handle(new Input.ProposalBuilt(request.Height, request.View, null, null));
            return;
        }

        ProposalBlock block = MakeBlock(request, leaves, out ValidatorSet nextSet);
        Keep(block.Hash, order);
        node.Pass(CrashPoint.AfterBuild);
        node.Handle(new Input.ProposalBuilt(request.Height, request.View, block, nextSet));
    }

    private ImmutableArray<Hash256> ChooseLeaves()
    {
        int most = world.DrawBlockSize();
        ImmutableArray<Hash256>.Builder leaves = ImmutableArray.CreateBuilder<Hash256>();
        foreach (PendingTransaction one in pending)
        {
            if (leaves.Count == most)
            {
                break;
            }

            SimulatedTransaction transaction = world.Transactions[one.Id];
            if (node.Adversary?.LeavesOut(transaction) != true)
            {
                leaves.Add(transaction.Leaf);
            }
        }

        return leaves.ToImmutable();
    }

    private ProposalBlock MakeBlock(BuildRequest request, ImmutableArray<Hash256> leaves, out ValidatorSet nextSet)
    {
        Hash256 root = MerkleList.Root(leaves.AsSpan());
        SimulatedTransaction[] transactions = [.. leaves.Select(leaf => world.Transactions.Find(leaf)!)];
        (Hash256 stateRoot, ulong seats) = state.After(transactions, world.SeatsMin);
        nextSet = world.Seats.SetOf(seats);
        BlockHeader header = new()
        {
            Height = request.Height,
            Epoch = request.Epoch,
            ParentHash = request.ParentHash,
            TimeUnixMs = Math.Max(node.ClockMs, request.ParentTimeUnixMs + 1),
            TransactionRoot = root,
            ReceiptRoot = root,
            StateRoot = stateRoot,
            ValidatorsHash = request.ValidatorsHash,
            NextValidatorsHash = nextSet.Hash,
        };
        return ProposalBlock.Of(header, leaves);
    }

    private void TryExecute(ProposalBlock block, ExecutionMode mode, ulong mine, ulong order)
    {
        if (mine != work || block.Height != node.Disk.Height + 1)
        {
            return;
        }

        SimulatedTransaction[]? transactions = world.TransactionsOf(block);
        if (transactions is null)
        {
            node.Handle(new Input.Executed(block.Hash, mode, new ExecutionOutcome.Invalid("foreign transaction")));
            return;
        }

        foreach (SimulatedTransaction one in transactions)
        {
            if (!HasBody(one.Id) && !world.TryFetchBody(node, one.Id))
            {
                node.Later(FetchTicks, () => TryExecute(block, mode, mine, order));
                return;
            }

            known.Add(one.Id);
        }

        ExecutionOutcome outcome = Judge(block, transactions, mode);
        if (outcome is ExecutionOutcome.Agreed)
        {
            Keep(block.Hash, order);
        }

        node.Pass(CrashPoint.AfterExecute);
        node.Handle(new Input.Executed(block.Hash, mode, outcome));
    }

    // Exactly as many as the replica may count on, and no more.
    private void Keep(Hash256 blockHash, ulong order)
    {
        executed[blockHash] = order;
        if (executed.Count > IBlockExecutor.ExecutedMax)
        {
            executed.Remove(executed.MinBy(one => one.Value).Key);
        }
    }

    private ExecutionOutcome Judge(ProposalBlock block, SimulatedTransaction[] transactions, ExecutionMode mode)
    {
        for (int place = 0; place < transactions.Length; place++)
        {
            if (state.Has(transactions[place].Id) || Array.IndexOf(transactions, transactions[place]) != place)
            {
                return new ExecutionOutcome.Invalid("repeated transaction");
            }
        }

        if (mode == ExecutionMode.Fresh && Math.Abs(block.Header.TimeUnixMs - node.ClockMs) > ClockToleranceMs)
        {
            return new ExecutionOutcome.Invalid("clock");
        }

        (Hash256 stateRoot, ulong seats) = state.After(transactions, world.SeatsMin);
        ValidatorSet nextSet = world.Seats.SetOf(seats);
        return block.Header.ReceiptRoot == block.Header.TransactionRoot
            && block.Header.StateRoot == stateRoot
            && block.Header.NextValidatorsHash == nextSet.Hash
                ? new ExecutionOutcome.Agreed(nextSet)
                : new ExecutionOutcome.Invalid("roots");
    }
}
