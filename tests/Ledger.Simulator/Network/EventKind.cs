namespace Ledger.Simulator.Network;

/// <summary>What is due.</summary>
public enum EventKind
{
    /// <summary>A message arrives at a process, whichever runs there by then.</summary>
    Arrival = 1,

    /// <summary>An answer for the process that asked; it is lost when that one has ended.</summary>
    Answer = 2,

    /// <summary>Something of the simulation itself.</summary>
    Call = 3,
}
