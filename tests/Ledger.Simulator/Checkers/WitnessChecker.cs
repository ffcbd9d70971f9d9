using Ledger.Consensus;
using Ledger.Primitives;
using Ledger.Simulator.Nodes;
using Ledger.Simulator.Worlds;

namespace Ledger.Simulator.Checkers;

/// <summary>
/// No honest process signs a vote before q validators, itself included, have told it since its start what they saw of
/// its key.
/// </summary>
public sealed class WitnessChecker(World world) : Checker(world, "witnesses")
{
    private readonly Dictionary<int, HashSet<Address>> heard = [];
    private readonly HashSet<int> mayVote = [];

    /// <summary>A process has started: nobody has told it anything.</summary>
    public void OnStart(SimulatedNode node)
    {
        heard[node.Index] = [];
        mayVote.Remove(node.Index);
    }

    /// <summary>A message has reached a process.</summary>
    public void OnArrival(SimulatedNode node, VerifiedMessage message)
    {
        if (message.Content is ConsensusMessage.Witness witness && witness.Subject == node.Address)
        {
            heard[node.Index].Add(message.Sender);
            Count(node);
        }
    }

    /// <summary>
    /// Counts again where the set may have changed: once there are q, the process may vote until it ends.
    /// </summary>
    public void Count(SimulatedNode node)
    {
        ValidatorSet set = node.Kernel.Set;
        if (heard.TryGetValue(node.Index, out HashSet<Address>? witnesses)
            && 1 + witnesses.Count(witness => set.IndexOf(witness) >= 0) >= set.Quorum)
        {
            mayVote.Add(node.Index);
        }
    }

    /// <summary>An honest process has signed.</summary>
    public void OnSigned(SimulatedNode node)
    {
        Count(node);
        if (!mayVote.Contains(node.Index))
        {
            throw Broken(node, "signs before q validators have said what they saw of its key");
        }
    }
}
