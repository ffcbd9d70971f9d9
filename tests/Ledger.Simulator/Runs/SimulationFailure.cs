namespace Ledger.Simulator.Runs;

/// <summary>A promise is broken: thrown by a checker, whose name it bears.</summary>
public sealed class SimulationFailure(string checker, string message) : Exception(message)
{
    /// <summary>The name of the checker.</summary>
    public string Checker => checker;
}
