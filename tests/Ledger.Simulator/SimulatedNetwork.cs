namespace Ledger.Simulator;

/// <summary>Loss, delay, repetition, reordering and partitions between processes, drawn from the seed.</summary>
public sealed class SimulatedNetwork
{
    private readonly Prng prng;
    private readonly bool[,] blocked;
    private readonly int lossPerMille;
    private readonly int repeatPerMille;
    private readonly int delayTicksMax;
    private readonly int slowPerMille;
    private bool healed;

    /// <summary>
    /// Draws the rates: loss up to 30 %, repetition up to 20 %, usual delays up to 200 ms and rare ones up to 4 s.
    /// </summary>
    public SimulatedNetwork(Prng prng, int processes)
    {
        this.prng = prng;
        blocked = new bool[processes, processes];
        lossPerMille = prng.Chance(300) ? 0 : prng.Below(301);
        repeatPerMille = prng.Below(201);
        delayTicksMax = prng.Between(1, 10);
        slowPerMille = prng.Below(30);
    }

    /// <summary>How often the partition has changed.</summary>
    public int Changes { get; private set; }

    /// <summary>Draws a new partition: none, two sides, one cut off, or one that hears but is not heard.</summary>
    public void Repartition()
    {
        Changes++;
        int count = blocked.GetLength(0);
        int shape = prng.Below(9);
        int chosen = prng.Below(count);
        ulong side = prng.Next();
        for (int from = 0; from < count; from++)
        {
            for (int to = 0; to < count; to++)
            {
                blocked[from, to] = shape switch
                {
                    0 => ((side >> from) & 1) != ((side >> to) & 1),
                    1 => from == chosen || to == chosen,
                    2 => from == chosen,
                    3 => to == chosen && ((side >> from) & 1) != 0,
                    _ => false,
                };
            }
        }
    }

    /// <summary>From here on everything arrives soon.</summary>
    public void Heal()
    {
        healed = true;
        Array.Clear(blocked);
    }

    /// <summary>The delays, in ticks, with which copies of a message arrive: none, one or two.</summary>
    public void Deliver(int from, int to, Action<int> arrival)
    {
        if (healed)
        {
            arrival(prng.Between(1, 3));
            return;
        }

        if (blocked[from, to] || prng.Chance(lossPerMille))
        {
            return;
        }

        arrival(Delay());
        if (prng.Chance(repeatPerMille))
        {
            arrival(Delay());
        }
    }

    /// <summary>Whether a question and its answer get through.</summary>
    public bool Reaches(int from, int to) =>
        healed || (!blocked[from, to] && !blocked[to, from] && !prng.Chance(lossPerMille));

    private int Delay() => prng.Chance(slowPerMille) ? prng.Between(20, 200) : prng.Between(1, delayTicksMax);
}
