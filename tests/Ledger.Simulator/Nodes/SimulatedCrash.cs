namespace Ledger.Simulator.Nodes;

/// <summary>The process dies here: thrown by a port, caught by the simulation, which drops the kernel.</summary>
public sealed class SimulatedCrash : Exception
{
}
