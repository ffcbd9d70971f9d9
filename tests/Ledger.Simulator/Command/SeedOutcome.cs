using Ledger.Primitives;
using Ledger.Simulator.Runs;

namespace Ledger.Simulator.Command;

/// <summary>What became of a seed: a result, or a failure.</summary>
public sealed record SeedOutcome(SimulationResult? Result, SeedFailure? Failure)
{
    /// <summary>Runs a seed. Whatever it throws counts as a broken promise.</summary>
    public static SeedOutcome Run(SimulationOptions options)
    {
        try
        {
            return new SeedOutcome(Simulation.Run(options), null);
        }
        catch (Exception problem) when (problem is not OutOfMemoryException)
        {
            string checker = problem switch
            {
                SimulationFailure failure => failure.Checker,
                InvariantException => "invariant",
                _ => "crash",
            };
            string message = problem is SimulationFailure ? problem.Message : problem.ToString();
            return new SeedOutcome(null, new SeedFailure(options.Seed, options.Nodes, checker, message));
        }
    }
}
