using System.Diagnostics;
using System.Globalization;
using Ledger.Primitives;
using Ledger.Simulator;

// simulate --seeds N --from S --nodes 4 [--trace]
int seeds = Number("--seeds", 100);
int first = Number("--from", 1);
int nodes = Number("--nodes", 4);
bool trace = args.Contains("--trace");
if (args.Length == 0 || args[0] != "simulate")
{
    Console.Error.WriteLine("usage: ledger-simulator simulate [--seeds N] [--from S] [--nodes 4..10] [--trace]");
    return 2;
}

Stopwatch watch = Stopwatch.StartNew();
List<SimulationResult> results = [];
List<string> failures = [];
for (int seed = first; seed < first + seeds; seed++)
{
    try
    {
        results.Add(Simulation.Run(new SimulationOptions
        {
            Seed = (ulong)seed,
            Nodes = nodes,
            Trace = trace ? Console.WriteLine : null,
        }));
    }
    catch (SimulationFailure failure)
    {
        failures.Add(failure.Message);
    }
    catch (InvariantException broken)
    {
        failures.Add($"seed {seed}: {broken.Message}");
    }
}

foreach (string failure in failures)
{
    Console.WriteLine("FAILED " + failure);
}

if (results.Count > 0)
{
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"""
        {results.Count} of {seeds} seeds held, {nodes} nodes, {seeds / watch.Elapsed.TotalSeconds:F1} seeds/s
        virtual hours {results.Sum(one => one.Ticks) * 0.02 / 3600:F1}, messages {results.Sum(one => one.Messages)}
        commits {results.Sum(one => (long)one.Commits)}, epochs {results.Sum(one => (long)one.Epochs)}
        views {results.Sum(one => (long)one.Views)}, crashes {results.Sum(one => one.Crashes)}
        partitions {results.Sum(one => one.Partitions)}, evidence {results.Sum(one => one.Evidence)}
        healing: mean {results.Average(one => one.HealTicks) * 0.02:F1} s, worst {results.Max(one => one.HealTicks) * 0.02:F1} s
        """));
}

return failures.Count == 0 ? 0 : 1;

int Number(string name, int otherwise)
{
    int place = Array.IndexOf(args, name);
    return place >= 0 && place + 1 < args.Length
        ? int.Parse(args[place + 1], CultureInfo.InvariantCulture)
        : otherwise;
}
