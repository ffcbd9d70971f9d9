using System.Collections.Immutable;
using Ledger.Primitives;

namespace Ledger.Consensus.Tests;

/// <summary>The pool and the state of a node in a script. It answers when the kernel's call is over.</summary>
internal sealed class ScriptExecutor(ScriptWorld world, ScriptNode node) : IBlockExecutor
{
    private const int TransactionsMax = 4;
    private const long ClockToleranceMs = 10_000;

    private readonly List<string> pool = [];
    private readonly Dictionary<string, ulong> ages = new(StringComparer.Ordinal);
    private readonly Queue<Input> answers = new();
    private readonly Queue<Input> held = new();
    private bool saidPending;
    private bool holds;

    /// <summary>Transactions that wait.</summary>
    public IReadOnlyList<string> Pool => pool;

    /// <summary>How many ticks the transaction that waits longest has waited; null when there is none.</summary>
    public ulong? OldestTicks => pool.Count == 0 ? null : pool.Max(transaction => ages[transaction]);

    /// <summary>A tick has passed for all that wait.</summary>
    public void Age() => pool.ForEach(transaction => ages[transaction]++);

    /// <summary>Takes a transaction into the pool.</summary>
    public void Submit(string transaction)
    {
        Hash256 leaf = world.Chain.Leaf(transaction);
        if (!pool.Contains(transaction) && !IsDecided(leaf))
        {
            pool.Add(transaction);
            ages[transaction] = 0;
        }
    }

    /// <summary>Forgets a transaction, as a pool does when it is full.</summary>
    public void Forget(string transaction) => pool.Remove(transaction);

    /// <summary>Keeps results back until <see cref="Release"/>: a slow disk, or bodies that are missing.</summary>
    public void Hold() => holds = true;

    public void Release()
    {
        holds = false;
        while (held.TryDequeue(out Input? answer))
        {
            answers.Enqueue(answer);
        }
    }

    /// <summary>Takes what a decided block contains out of the pool.</summary>
    public void Apply(ProposalBlock block)
    {
        foreach (Hash256 leaf in block.Leaves)
        {
            pool.Remove(world.Chain.NameOf(leaf));
        }
    }

    /// <summary>What the kernel is to be told next, or null.</summary>
    public Input? NextAnswer()
    {
        if (answers.TryDequeue(out Input? answer))
        {
            return answer;
        }

        if (saidPending == pool.Count > 0)
        {
            return null;
        }

        saidPending = pool.Count > 0;
        return new Input.WorkChanged(saidPending);
    }

    public string Describe() => (pool.Count == 0 ? string.Empty : $", waiting {string.Join(' ', pool)}")
        + (held.Count == 0 ? string.Empty : $", {held.Count} results kept back");

    public void Build(BuildRequest request)
    {
        ProposalBlock? block = null;
        ValidatorSet? next = null;
        if (pool.Count > 0)
        {
            ImmutableArray<Hash256> leaves = [.. pool.Take(TransactionsMax).Select(world.Chain.Leaf)];
            block = world.Chain.Block(node.Store.Head, node.Store.NextSet, world.ClockMs, leaves);
            next = world.Chain.NextSet(node.Store.NextSet, leaves);
        }

        Give(new Input.ProposalBuilt(request.Height, request.View, block, next));
    }

    public void Execute(ProposalBlock block, ExecutionMode mode)
    {
        string name = world.Names.Of(block);
        if (holds)
        {
            world.Say($"{node.Name} does not come to execute {name}");
        }
        else if (mode != ExecutionMode.Fresh)
        {
            world.Say($"{node.Name} executes {name}, {(mode == ExecutionMode.Certified ? "decided" : "carried over")}");
        }

        ExecutionOutcome outcome = Judge(block, mode);
        if (outcome is ExecutionOutcome.Invalid invalid)
        {
            world.Say($"{node.Name} finds {name} invalid: {invalid.Reason}");
        }

        Give(new Input.Executed(block.Hash, mode, outcome));
    }

    private void Give(Input answer) => (holds ? held : answers).Enqueue(answer);

    private ExecutionOutcome Judge(ProposalBlock block, ExecutionMode mode)
    {
        if (block.Leaves.Any(IsDecided) || block.Leaves.Distinct().Count() != block.Leaves.Length)
        {
            return new ExecutionOutcome.Invalid("repeats a transaction");
        }

        if (mode == ExecutionMode.Fresh && Math.Abs(block.Header.TimeUnixMs - world.ClockMs) > ClockToleranceMs)
        {
            return new ExecutionOutcome.Invalid("far from the clock");
        }

        ValidatorSet next = world.Chain.NextSet(node.Store.NextSet, block.Leaves);
        return block.Header.ReceiptRoot == block.Header.TransactionRoot
            && block.Header.StateRoot == ScriptChain.StateAfter(node.Store.Head, block.Header.TransactionRoot)
            && block.Header.NextValidatorsHash == next.Hash
                ? new ExecutionOutcome.Agreed(next)
                : new ExecutionOutcome.Invalid("other roots");
    }

    private bool IsDecided(Hash256 leaf) => node.Store.Blocks.Any(one => one.Block.Leaves.Contains(leaf));
}
