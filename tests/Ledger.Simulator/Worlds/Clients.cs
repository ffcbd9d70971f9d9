using Ledger.Simulator.Chance;
using Ledger.Simulator.Faults;
using Ledger.Simulator.Nodes;

namespace Ledger.Simulator.Worlds;

/// <summary>
/// Those who send transactions, each to two nodes, and the members who change the set. In a growing run the set grows
/// to all identities and then shrinks again.
/// </summary>
public sealed class Clients(World world)
{
    private const int ChangesPerMille = 30;
    private const int ChangesWhenGrowingPerMille = 120;
    private bool shrinks;

    /// <summary>One tick: perhaps a transaction.</summary>
    public void Tick()
    {
        Prng prng = world.Prng;
        if (!prng.Chance(world.Plan.Rates.Work))
        {
            return;
        }

        bool grows = world.Plan.FirstCount < world.Plan.Identities;
        int rate = grows ? ChangesWhenGrowingPerMille : ChangesPerMille;
        SeatChange? change = world.Plan.ChangesOfSeats && prng.Chance(rate) ? DrawChange() : null;
        SimulatedTransaction made = world.Transactions.Add(prng.Below(TransactionRegistry.Clients), change);
        Submit(world.Nodes[prng.Below(world.Nodes.Count)], made);
        Submit(world.Nodes[prng.Below(world.Nodes.Count)], made);
    }

    /// <summary>Makes the transaction that shows whether all goes on: of the client that is censored.</summary>
    public SimulatedTransaction MakeProbe() =>
        world.Transactions.Add(Adversaries.CensoringLeader.CensoredClient, null);

    /// <summary>Sends a transaction to every node that runs; false where none does.</summary>
    public bool SendToAll(SimulatedTransaction transaction)
    {
        bool taken = false;
        foreach (SimulatedNode node in world.Nodes)
        {
            taken |= Submit(node, transaction);
        }

        return taken;
    }

    /// <summary>Counts what a decided block did to the set.</summary>
    public void CountChange(ulong before, ulong after, int leader)
    {
        int left = -1;
        bool entered = false;
        bool rotated = false;
        for (int identity = 0; identity < world.Seats.Identities; identity++)
        {
            int old = SeatRegistry.VersionOf(before, identity);
            int now = SeatRegistry.VersionOf(after, identity);
            left = old >= 0 && now < 0 ? identity : left;
            entered |= old < 0 && now >= 0;
            rotated |= old >= 0 && now > old;
        }

        world.Faults.Mark(rotated ? FaultKind.KeyRotated
            : left < 0 ? FaultKind.MemberAdded
            : entered ? FaultKind.MemberSwapped
            : FaultKind.MemberRemoved);
        if (left == leader)
        {
            world.Faults.Mark(FaultKind.LeaderRemoved);
        }
    }

    private static bool Submit(SimulatedNode node, SimulatedTransaction made)
    {
        bool runs = node.IsUp && !node.IsPaused;
        if (runs)
        {
            node.Executor.Submit(made.Id);
        }

        return runs;
    }

    private SeatChange DrawChange()
    {
        Prng prng = world.Prng;
        List<int> inside = [];
        List<int> outside = [];
        for (int identity = 0; identity < world.Seats.Identities; identity++)
        {
            bool seated = world.Chain.CurrentSet.IndexOf(world.Seats.AddressOf(identity)) >= 0;
            (seated ? inside : outside).Add(identity);
        }

        int leader = world.Seats.IdentityOf(world.Chain.CurrentSet.Leader(world.Checks.Views.Highest));
        int leaves = prng.Chance(300) ? leader : prng.Pick(inside);
        shrinks = outside.Count == 0 || (shrinks && inside.Count > world.SeatsMin);
        if (outside.Count == 0 || prng.Chance(250))
        {
            return inside.Count > world.SeatsMin && prng.Chance(500)
                ? new SeatChange(SeatChangeKind.Remove, -1, leaves)
                : Rotation();
        }

        int enters = prng.Pick(outside);
        bool full = inside.Count >= Ledger.Consensus.ValidatorSet.CountMax;
        return prng.Below(3) switch
        {
            0 => new SeatChange(SeatChangeKind.Swap, enters, leaves),
            _ when shrinks => new SeatChange(SeatChangeKind.Remove, -1, leaves),
            _ when full => Rotation(),
            _ => new SeatChange(SeatChangeKind.Add, enters, -1),
        };
    }

    private SeatChange Rotation()
    {
        List<int> holders =
            [.. Enumerable.Range(0, world.Seats.Identities).Where(identity => world.Plan.RotatesKey(identity))];
        return new SeatChange(SeatChangeKind.Rotate, -1, world.Prng.Pick(holders));
    }
}
