using Ledger.Simulator.Nodes;
using Ledger.Simulator.Worlds;

namespace Ledger.Simulator.Adversaries;

/// <summary>As a leader leaves out the transactions of one client, and is honest in all else.</summary>
public sealed class CensoringLeader(World world, SimulatedNode node) : Adversary(world, node)
{
    /// <summary>The client that is left out; it also sends the probe.</summary>
    public const int CensoredClient = 0;

    /// <inheritdoc/>
    public override bool LeavesOut(SimulatedTransaction transaction) => transaction.Client == CensoredClient;
}
