using Ledger.Consensus;
using Ledger.Contracts.Transactions;
using Ledger.Primitives;

namespace Ledger.Node.Agreement;

/// <summary>A block whose bodies are being collected.</summary>
public sealed class WaitingBlock
{
    private readonly ParsedTransaction[] bodies;
    private List<int> missing;

    /// <summary>A block of which no body is here yet.</summary>
    public WaitingBlock(ProposalBlock block, ExecutionMode mode)
    {
        Block = block;
        Mode = mode;
        bodies = new ParsedTransaction[block.Leaves.Length];
        missing = [.. Enumerable.Range(0, block.Leaves.Length)];
    }

    /// <summary>Header and leaves.</summary>
    public ProposalBlock Block { get; }

    /// <summary>What the block rests on.</summary>
    public ExecutionMode Mode { get; }

    /// <summary>Places of the leaves whose bodies are not here.</summary>
    public IReadOnlyList<int> Missing => missing;

    /// <summary>The bodies in order, once none is missing.</summary>
    public IReadOnlyList<ParsedTransaction> Bodies => bodies;

    /// <summary>Looks for the bodies that are missing.</summary>
    public void Fill(Func<Hash256, ParsedTransaction?> find)
    {
        List<int> still = [];
        foreach (int place in missing)
        {
            if (find(Block.Leaves[place]) is { } body)
            {
                bodies[place] = body;
            }
            else
            {
                still.Add(place);
            }
        }

        missing = still;
    }
}
