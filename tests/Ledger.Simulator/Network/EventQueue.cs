using Ledger.Simulator.Chance;

namespace Ledger.Simulator.Network;

/// <summary>
/// What is due, in a wheel of ticks: constant time for each event. Within a tick the order is random; what is added
/// for the tick that runs comes last.
/// </summary>
public sealed class EventQueue(Prng prng)
{
    /// <summary>No event lies further ahead.</summary>
    public const int TicksAheadMax = 1023;

    private readonly List<SimulatedEvent>?[] wheel = new List<SimulatedEvent>?[TicksAheadMax + 1];
    private long now;

    /// <summary>Adds an event; <paramref name="ticks"/> from 0 to <see cref="TicksAheadMax"/>.</summary>
    public void Add(int ticks, SimulatedEvent due)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ticks, TicksAheadMax);
        ref List<SimulatedEvent>? slot = ref wheel[(now + ticks) & TicksAheadMax];
        slot ??= [];
        slot.Add(due);
    }

    /// <summary>Goes to the next tick and hands out what is due in it.</summary>
    public void RunNext(Action<SimulatedEvent> run)
    {
        now++;
        List<SimulatedEvent>? due = wheel[now & TicksAheadMax];
        if (due is null)
        {
            return;
        }

        prng.Shuffle(due);
        for (int place = 0; place < due.Count; place++)
        {
            run(due[place]);
        }

        due.Clear();
    }
}
