namespace Ledger.Simulator;

/// <summary>A promise of the protocol was broken. The message says which one, when and by whom.</summary>
public sealed class SimulationFailure(string message) : Exception(message)
{
}
