using System.Collections.Immutable;
using Ledger.Consensus;
using Ledger.Primitives;

namespace Ledger.Simulator;

/// <summary>
/// Builds and executes blocks whose state is a running hash. Bodies that are missing are fetched from peers; answers
/// come later.
/// </summary>
public sealed class SimulatedExecutor(SimulatedWorld world, SimulatedNode node) : IBlockExecutor
{
    private const int TransactionsMax = 8;
    private const long ClockToleranceMs = 10_000;
    private const int FetchTicks = 5;

    private readonly HashSet<Hash256> committed = [];
    private readonly HashSet<Hash256> known = [];
    private readonly List<Hash256> pending = [];
    private readonly Dictionary<Hash256, ulong> executed = [];
    private Hash256 stateRoot;
    private ValidatorSet set = world.FirstSet;
    private ulong work;
    private ulong asked;
    private bool saidPending;

    /// <summary>Transactions that wait, oldest first.</summary>
    public IReadOnlyList<Hash256> Pending => pending;

    /// <summary>Whether this node has committed a transaction.</summary>
    public bool HasCommitted(Hash256 leaf) => committed.Contains(leaf);

    /// <summary>Whether this node can give the body to others.</summary>
    public bool HasBody(Hash256 leaf) => known.Contains(leaf);

    /// <summary>Whether the result of a block is at hand, as it must be when the block is committed.</summary>
    public bool HoldsResult(Hash256 blockHash) => executed.ContainsKey(blockHash);

    /// <summary>Takes a transaction into the pool.</summary>
    public void Submit(Hash256 leaf)
    {
        known.Add(leaf);
        if (!committed.Contains(leaf) && !pending.Contains(leaf))
        {
            pending.Add(leaf);
        }
    }

    /// <summary>Takes a body that was found on disk.</summary>
    public void Learn(Hash256 leaf) => known.Add(leaf);

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
    public void Apply(ProposalBlock block, ValidatorSet nextSet)
    {
        stateRoot = block.Header.StateRoot;
        set = nextSet;
        executed.Clear();
        foreach (Hash256 leaf in block.Leaves)
        {
            committed.Add(leaf);
            known.Add(leaf);
            pending.Remove(leaf);
        }
    }

    /// <inheritdoc/>
    public void Build(BuildRequest request)
    {
        ImmutableArray<Hash256> leaves = [.. pending.Take(world.Prng.Between(1, TransactionsMax))];
        ulong order = ++asked;
        node.Later(world.Prng.Below(3), () => AnswerBuild(request, leaves, order));
    }

    /// <inheritdoc/>
    public void Execute(ProposalBlock block, ExecutionMode mode)
    {
        work++;
        ulong mine = work;
        ulong order = ++asked;
        if (HoldsResult(block.Hash))
        {
            executed[block.Hash] = order;
        }

        node.Later(world.Prng.Below(3), () => TryExecute(block, mode, mine, order));
    }

    private void AnswerBuild(BuildRequest request, ImmutableArray<Hash256> leaves, ulong order)
    {
        if (leaves.Length == 0 || request.Height != node.Store.Height + 1)
        {
            node.Handle(new Input.ProposalBuilt(request.Height, request.View, null, null));
            return;
        }

        ValidatorSet nextSet = NextSetOf(leaves);
        Hash256 root = MerkleList.Root(leaves.AsSpan());
        BlockHeader header = new()
        {
            Height = request.Height,
            Epoch = request.Epoch,
            ParentHash = request.ParentHash,
            TimeUnixMs = Math.Max(node.ClockMs, request.ParentTimeUnixMs + 1),
            TransactionRoot = root,
            ReceiptRoot = root,
            StateRoot = TaggedHash.Of("sim/state"u8, stateRoot, root),
            ValidatorsHash = request.ValidatorsHash,
            NextValidatorsHash = nextSet.Hash,
        };
        ProposalBlock block = ProposalBlock.Of(header, leaves);
        Keep(block.Hash, order);
        node.Handle(new Input.ProposalBuilt(request.Height, request.View, block, nextSet));
    }

    private void TryExecute(ProposalBlock block, ExecutionMode mode, ulong mine, ulong order)
    {
        if (mine != work || block.Height != node.Store.Height + 1)
        {
            return;
        }

        foreach (Hash256 leaf in block.Leaves)
        {
            if (!known.Contains(leaf) && !world.TryFetch(node, leaf))
            {
                node.Later(FetchTicks, () => TryExecute(block, mode, mine, order));
                return;
            }

            known.Add(leaf);
        }

        ExecutionOutcome outcome = Judge(block, mode);
        if (outcome is ExecutionOutcome.Agreed)
        {
            Keep(block.Hash, order);
        }

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

    private ExecutionOutcome Judge(ProposalBlock block, ExecutionMode mode)
    {
        if (block.Leaves.Any(committed.Contains) || block.Leaves.Distinct().Count() != block.Leaves.Length)
        {
            return new ExecutionOutcome.Invalid("repeated transaction");
        }

        if (mode == ExecutionMode.Fresh && Math.Abs(block.Header.TimeUnixMs - node.ClockMs) > ClockToleranceMs)
        {
            return new ExecutionOutcome.Invalid("clock");
        }

        ValidatorSet nextSet = NextSetOf(block.Leaves);
        return block.Header.ReceiptRoot == block.Header.TransactionRoot
            && block.Header.StateRoot == TaggedHash.Of("sim/state"u8, stateRoot, block.Header.TransactionRoot)
            && block.Header.NextValidatorsHash == nextSet.Hash
                ? new ExecutionOutcome.Agreed(nextSet)
                : new ExecutionOutcome.Invalid("roots");
    }

    private ValidatorSet NextSetOf(ImmutableArray<Hash256> leaves)
    {
        foreach (Hash256 leaf in leaves)
        {
            if (world.Transaction(leaf).NewSet is { Length: > 0 } identities)
            {
                return world.SetOf(identities);
            }
        }

        return set;
    }
}
