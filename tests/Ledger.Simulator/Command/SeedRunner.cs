using System.Globalization;
using Ledger.Primitives;
using Ledger.Simulator.Runs;

namespace Ledger.Simulator.Command;

/// <summary>Runs single seeds and turns what is thrown into a record.</summary>
public sealed class SeedRunner(NodeRange sizes, int? byzantine, string commit)
{
    private const int PlacesMax = 4;

    /// <summary>Runs a seed.</summary>
    public SeedOutcome Run(ulong seed, Action<string>? trace)
    {
        int nodes = sizes.Of(seed);
        try
        {
            SimulationResult result = Simulation.Run(new SimulationOptions
            {
                Seed = seed,
                Nodes = nodes,
                Byzantine = byzantine,
                Trace = trace,
            });
            return new SeedOutcome(seed, nodes, result, null);
        }
        catch (Exception failure)
        {
            // The edge of a run: whatever the code under test throws is a finding about this seed; the others go on.
            string checker = failure switch
            {
                SimulationFailure broken => broken.Checker,
                InvariantException => "invariant",
                _ => "exception",
            };
            string message = failure is SimulationFailure
                ? failure.Message
                : $"{failure.GetType().Name}: {failure.Message} {Place(failure)}";
            return new SeedOutcome(seed, nodes, null, Record(seed, nodes, checker, message));
        }
    }

    private FailureRecord Record(ulong seed, int nodes, string checker, string message)
    {
        string adversaries = byzantine is int count
            ? string.Create(CultureInfo.InvariantCulture, $" --byzantine {count}")
            : "";
        return new FailureRecord
        {
            Seed = seed,
            Nodes = nodes,
            Commit = commit,
            Checker = checker,
            Message = message,
            Replay = string.Create(
                CultureInfo.InvariantCulture, $"./ledger simulate --seed {seed} --nodes {nodes}{adversaries} --trace"),
        };
    }

    // The innermost places of the code, which the message of an invariant does not name.
    private static string Place(Exception failure) => string.Join(
        ' ', (failure.StackTrace ?? "").Split('\n').Select(line => line.Trim()).Take(PlacesMax));
}
