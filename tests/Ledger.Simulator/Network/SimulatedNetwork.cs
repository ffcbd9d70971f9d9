using Ledger.Simulator.Faults;
using Ledger.Simulator.Nodes;
using Ledger.Simulator.Worlds;

namespace Ledger.Simulator.Network;

/// <summary>
/// Loss, delay, repetition, replay, reordering and partitions between processes, drawn from the seed.
/// </summary>
public sealed class SimulatedNetwork(World world, int processes)
{
    private const int HealedTicksMax = 3;
    private const int CalmLossPerMille = 30;

    private readonly bool[] blocked = new bool[processes * processes];
    private bool healed;
    private bool calm;

    /// <summary>Messages handed to it.</summary>
    public long Messages { get; private set; }

    /// <summary>Which links are cut now.</summary>
    public PartitionShape Shape { get; private set; }

    /// <summary>Draws which links are cut: in half of the cases none.</summary>
    public void Repartition()
    {
        bool cuts = Shape == PartitionShape.Whole || world.Prng.Chance(300);
        Cut(cuts ? (PartitionShape)world.Prng.Between(1, (int)PartitionShape.Deaf) : PartitionShape.Whole);
    }

    /// <summary>Cuts links; which ones is drawn.</summary>
    public void Cut(PartitionShape shape)
    {
        Shape = shape;
        Array.Clear(blocked);
        int chosen = world.Prng.Below(processes);
        int other = (chosen + 1 + world.Prng.Below(processes - 1)) % processes;
        ulong side = world.Prng.Next();
        for (int from = 0; from < processes; from++)
        {
            for (int to = 0; to < processes; to++)
            {
                blocked[(from * processes) + to] = IsCut(shape, from, to, chosen, other, side);
            }
        }

        if (KindOf(shape) is FaultKind kind)
        {
            world.Faults.Mark(kind);
        }

        world.Say($"the network is {shape}, {chosen} {other} {side & 0xFFFF:X4}");
    }

    /// <summary>From here on little is lost and nothing is cut or takes seconds.</summary>
    public void Calm()
    {
        Cut(PartitionShape.Whole);
        calm = true;
    }

    /// <summary>From here on everything arrives soon.</summary>
    public void Heal()
    {
        healed = true;
        Shape = PartitionShape.Whole;
        Array.Clear(blocked);
    }

    /// <summary>Carries a packet from one process to another: not at all, once, twice, and old ones with it.</summary>
    public void Carry(SimulatedNode from, SimulatedNode to, Packet packet)
    {
        Messages++;
        if (healed)
        {
            Add(to, packet, world.Prng.Between(1, HealedTicksMax));
            return;
        }

        FaultRates rates = world.Plan.Rates;
        if (rates.Replay > 0 && world.Prng.Chance(rates.Replay))
        {
            world.Faults.Mark(FaultKind.Replay);
            Add(to, world.Packets.Any(world.Prng), Delay());
        }

        if (!Passes(from.Index, to.Index))
        {
            return;
        }

        Add(to, packet, Delay());
        if (rates.Duplicate > 0 && world.Prng.Chance(rates.Duplicate))
        {
            world.Faults.Mark(FaultKind.Duplicate);
            Add(to, packet, Delay());
        }
    }

    /// <summary>Carries an answer to a process that asked, for as long as it lives.</summary>
    public void CarryAnswer(SimulatedNode from, SimulatedNode to, Action arrival)
    {
        if (Passes(from.Index, to.Index))
        {
            to.Later(healed ? world.Prng.Between(1, HealedTicksMax) : Delay(), arrival);
        }
    }

    /// <summary>Whether a question and its answer get through.</summary>
    public bool Reaches(int from, int to) => Passes(from, to) && !blocked[(to * processes) + from];

    private static bool IsCut(PartitionShape shape, int from, int to, int chosen, int other, ulong side)
    {
        bool fromSide = ((side >> from) & 1) != 0;
        bool toSide = ((side >> to) & 1) != 0;
        return shape switch
        {
            PartitionShape.Whole => false,
            PartitionShape.Symmetric => fromSide != toSide,
            PartitionShape.Asymmetric => fromSide && !toSide,
            PartitionShape.OneWay => from == chosen && to == other,
            PartitionShape.Bridge => fromSide != toSide && from != chosen && to != chosen,
            PartitionShape.Isolation => from == chosen || to == chosen,
            PartitionShape.Mute => from == chosen,
            PartitionShape.Deaf => to == chosen,
            _ => throw new InvalidOperationException("The shapes are closed."),
        };
    }

    private static FaultKind? KindOf(PartitionShape shape) => shape switch
    {
        PartitionShape.Whole => null,
        PartitionShape.Symmetric => FaultKind.SymmetricPartition,
        PartitionShape.Asymmetric or PartitionShape.Mute or PartitionShape.Deaf => FaultKind.AsymmetricPartition,
        PartitionShape.OneWay => FaultKind.OneWayCut,
        PartitionShape.Bridge => FaultKind.BridgeNode,
        PartitionShape.Isolation => FaultKind.Isolation,
        _ => throw new InvalidOperationException("The shapes are closed."),
    };

    private bool Passes(int from, int to)
    {
        if (healed)
        {
            return true;
        }

        if (blocked[(from * processes) + to])
        {
            return false;
        }

        int loss = calm ? Math.Min(CalmLossPerMille, world.Plan.Rates.Loss) : world.Plan.Rates.Loss;
        if (loss > 0 && world.Prng.Chance(loss))
        {
            world.Faults.Mark(FaultKind.Loss);
            return false;
        }

        return true;
    }

    private int Delay()
    {
        FaultRates rates = world.Plan.Rates;
        if (!calm && rates.SlowMessages > 0 && world.Prng.Chance(rates.SlowMessages))
        {
            world.Faults.Mark(FaultKind.SlowMessages);
            return world.Prng.Between(20, 200);
        }

        if (rates.DelayTicksMax > 1)
        {
            world.Faults.Mark(FaultKind.Reorder);
        }

        return world.Prng.Between(1, rates.DelayTicksMax);
    }

    private void Add(SimulatedNode to, Packet packet, int ticks) =>
        world.Events.Add(ticks, new SimulatedEvent(EventKind.Arrival, to, 0, packet));
}
