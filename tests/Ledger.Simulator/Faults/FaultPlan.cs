using Ledger.Primitives;
using Ledger.Simulator.Adversaries;
using Ledger.Simulator.Chance;
using Ledger.Simulator.Runs;
using Ledger.Simulator.Worlds;

namespace Ledger.Simulator.Faults;

/// <summary>
/// What a seed draws before anything happens: who is who, and how often what goes wrong. Those who lie, forget what
/// they signed or have a wrong clock are together never more than f of the smallest set of the run.
/// </summary>
public sealed class FaultPlan
{
    private readonly Prng prng;
    private readonly AdversaryKind[] kinds;
    private readonly bool[] mayForget;
    private readonly bool[] hasWrongClock;
    private readonly bool[] rotatesKey;

    /// <summary>Draws the plan.</summary>
    public FaultPlan(Prng prng, SimulationOptions options)
    {
        this.prng = prng;
        int adversaries = options.Byzantine ?? 0;
        bool grows = options.Nodes > 4 && prng.Chance(150) && adversaries <= Quorum.FaultyMax(4);
        int extra = prng.Chance(400) ? prng.Between(1, 2) : 0;
        Identities = Math.Min(options.Nodes + (grows ? 0 : extra), 16 + 2);
        FirstCount = grows ? 4 : options.Nodes;
        bool shrinks = !grows && prng.Chance(300) && adversaries <= Quorum.FaultyMax(FirstCount - 1);
        SeatsMin = shrinks ? Math.Max(4, FirstCount - 1) : FirstCount;
        kinds = new AdversaryKind[Identities];
        mayForget = new bool[Identities];
        hasWrongClock = new bool[Identities];
        rotatesKey = new bool[Identities];
        ChooseFaulty(options.Byzantine);
        Rates = new FaultRates(prng);
        LateJoinTick = FirstCount < Identities && prng.Chance(600) ? prng.Between(300, 2500) : 0;
        ChangesOfSeats = prng.Chance(grows ? 1000 : 500);
        if (ChangesOfSeats)
        {
            rotatesKey[prng.Below(Identities)] = true;
            rotatesKey[prng.Below(Identities)] = true;
        }
    }

    /// <summary>Identities of the run.</summary>
    public int Identities { get; }

    /// <summary>Those of them that have a seat at height 1: the first ones.</summary>
    public int FirstCount { get; }

    /// <summary>No set becomes smaller.</summary>
    public int SeatsMin { get; }

    /// <summary>How often what goes wrong.</summary>
    public FaultRates Rates { get; }

    /// <summary>When those without a seat start, from a snapshot; 0 for at once and from the first block.</summary>
    public int LateJoinTick { get; }

    /// <summary>Whether the set changes.</summary>
    public bool ChangesOfSeats { get; }

    /// <summary>Identities that count into f.</summary>
    public int Faulty { get; private set; }

    /// <summary>How an identity behaves.</summary>
    public AdversaryKind KindOf(int identity) => kinds[identity];

    /// <summary>Whether the disk of an identity may get damage that costs its votes.</summary>
    public bool MayForget(int identity) => mayForget[identity];

    /// <summary>Whether the clock of an identity is off by an hour.</summary>
    public bool HasWrongClock(int identity) => hasWrongClock[identity];

    /// <summary>Whether an identity holds a second key and changes to it.</summary>
    public bool RotatesKey(int identity) => rotatesKey[identity];

    private void ChooseFaulty(int? byzantine)
    {
        int faultyMax = Quorum.FaultyMax(SeatsMin);
        int adversaries = byzantine ?? prng.Below(faultyMax + 1);
        for (int count = 0; count < adversaries; count++)
        {
            kinds[ChooseUntouched()] = (AdversaryKind)prng.Between(1, AdversaryFactory.KindsMax);
        }

        Faulty = adversaries;
        while (Faulty < faultyMax && prng.Chance(400))
        {
            Faulty++;
            int chosen = ChooseUntouched();
            bool clock = prng.Chance(300);
            hasWrongClock[chosen] = clock;
            mayForget[chosen] = !clock;
        }
    }

    private int ChooseUntouched()
    {
        while (true)
        {
            int identity = prng.Below(FirstCount);
            if (kinds[identity] == AdversaryKind.None && !mayForget[identity] && !hasWrongClock[identity])
            {
                return identity;
            }
        }
    }
}
