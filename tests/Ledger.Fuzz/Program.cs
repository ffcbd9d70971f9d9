using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Ledger.Fuzz;

const int NothingFound = 0;
const int Found = 1;
const int WrongUse = 2;

FuzzCommand? command = FuzzCommand.Of(args);
if (command is null)
{
    Console.Error.WriteLine(FuzzCommand.Usage);
    return WrongUse;
}

IReadOnlyList<FuzzTarget> all = FuzzTargets.All();
if (command.IsList)
{
    foreach (FuzzTarget target in all)
    {
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{target.Name,-22}{target.Kind,-10}{target.Samples.Count,3} samples  1/{target.CostFactor,-6}")
            + string.Join(", ", target.Covers.Select(static one => $"{one.Type.Name}.{one.Method}")));
    }

    return NothingFound;
}

if (command.Targets.FirstOrDefault(name => all.All(target => target.Name != name)) is { } unknown)
{
    Console.Error.WriteLine($"There is no target {unknown}. See: ./ledger fuzz --list");
    return WrongUse;
}

Stopwatch clock = Stopwatch.StartNew();
TimeSpan whole = command.Minutes < TimeSpan.FromDays(7).TotalMinutes
    ? TimeSpan.FromMinutes(command.Minutes)
    : TimeSpan.FromDays(7);
List<TargetReport> reports = [];
using HangWatch watch = new(static finding =>
{
    Console.WriteLine(finding);
    Environment.Exit(Found);
});
foreach (FuzzTarget target in all.Where(target => command.Targets.Count == 0 || command.Targets.Contains(target.Name)))
{
    FuzzOptions options = new(command.Inputs, command.Seed, command.First, whole - clock.Elapsed);
    TargetReport report = new FuzzRunner(target, options, watch).Run();
    reports.Add(report);
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{report.Name,-22}{report.Inputs,10} inputs {report.InputsPerSecond,9:F0}/s, taken {
            report.Accepted,8}, slowest {report.SlowestMs,7:F1} ms, findings {report.Findings.Count}"));
    foreach (FuzzFinding finding in report.Findings)
    {
        Console.WriteLine(finding);
    }
}

int findings = reports.Sum(static report => report.Findings.Count);
Console.WriteLine(string.Create(
    CultureInfo.InvariantCulture,
    $"{reports.Count} targets, {reports.Sum(static report => report.Inputs)} inputs in {
        clock.Elapsed.TotalSeconds:F0} s, seed {command.Seed}: {findings} findings"));
if (command.JsonFile is { } path)
{
    File.WriteAllText(path, JsonSerializer.Serialize(
        new { command.Seed, Seconds = clock.Elapsed.TotalSeconds, Targets = reports },
        new JsonSerializerOptions { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase }));
}

return findings == 0 ? NothingFound : Found;
