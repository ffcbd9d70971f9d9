using System.Diagnostics;
using System.Globalization;
using Ledger.Primitives;
using Ledger.Simulator;

// simulate --seeds N --from S --nodes 4 [--jobs J] [--trace] [--interfere]
int seeds = Number("--seeds", 100);
int first = Number("--from", 1);
int nodes = Number("--nodes", 4);
bool trace = args.Contains("--trace");
bool interfere = args.Contains("--interfere");
if (args.Length == 0 || args[0] != "simulate")
{
    Console.Error.WriteLine(
        "usage: ledger-simulator simulate [--seeds N] [--from S] [--nodes 4..10] [--jobs 1] [--trace] [--interfere]");
    return 2;
}

int jobs = Number("--jobs", 1);
Stopwatch watch = Stopwatch.StartNew();
List<SimulationResult> results = [];
List<string> failures = [];
Lock gate = new();
Parallel.For(first, first + seeds, new ParallelOptions { MaxDegreeOfParallelism = jobs }, RunSeed);

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
        healing: mean {results.Average(one => one.HealTicks) * 0.02:F1} s, worst {results.Max(
            one => one.HealTicks) * 0.02:F1} s
        """));
}

return failures.Count == 0 ? 0 : 1;

void RunSeed(int seed)
{
    SimulationOptions options = new()
    {
        Seed = (ulong)seed,
        Nodes = nodes,
        LiarsInterfere = interfere,
        Trace = trace ? Console.WriteLine : null,
    };
    try
    {
        SimulationResult result = Simulation.Run(options);
        lock (gate)
        {
            results.Add(result);
        }
    }
    catch (Exception failure) when (failure is SimulationFailure or InvariantException)
    {
        lock (gate)
        {
            failures.Add($"seed {seed}: {failure.Message}");
        }
    }
}

int Number(string name, int otherwise)
{
    int place = Array.IndexOf(args, name);
    if (place < 0)
    {
        return otherwise;
    }

    if (place + 1 < args.Length
        && int.TryParse(args[place + 1], NumberStyles.None, CultureInfo.InvariantCulture, out int number))
    {
        return number;
    }

    Console.Error.WriteLine($"ledger-simulator: {name} needs a number.");
    Environment.Exit(2);
    return otherwise;
}
