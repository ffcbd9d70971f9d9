using Ledger.Consensus;
using Ledger.Simulator.Nodes;
using Ledger.Simulator.Worlds;

namespace Ledger.Simulator.Checkers;

/// <summary>Evidence names only those who misbehave, and is really of two messages for one slot.</summary>
public sealed class EvidenceChecker(World world) : Checker(world, "evidence")
{
    /// <summary>Pieces of evidence that honest nodes recorded.</summary>
    public int Count { get; private set; }

    /// <summary>Checks evidence that a node records.</summary>
    public void OnEvidence(SimulatedNode node, EquivocationEvidence evidence)
    {
        if (!node.IsHonest)
        {
            return;
        }

        Count++;
        bool read = EquivocationEvidence.TryDecode(evidence.Encode(), out EquivocationEvidence? again);
        if (!read || !again!.Verify(World.ChainId, node.Kernel.Set, World.Keys))
        {
            throw Broken(node, "records as evidence what proves nothing");
        }

        if (World.IsHonest(evidence.First.Sender) && !World.HasForgotten(evidence.First.Sender))
        {
            throw Broken(node, $"records evidence against the honest {evidence.First.Sender.ToShortString()}");
        }
    }
}
