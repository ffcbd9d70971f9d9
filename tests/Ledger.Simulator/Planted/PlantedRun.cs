using System.Diagnostics;
using System.Globalization;
using Ledger.Simulator.Command;

namespace Ledger.Simulator.Planted;

/// <summary>
/// Seeds that a built simulator runs in a process of its own, up to the first failure. <paramref name="Error"/> is what
/// a process wrote that ended without a report: nobody has found anything then.
/// </summary>
public sealed record PlantedRun(FailureRecord? First, long? SeedsNeeded, string? Error)
{
    /// <summary>How many validators the seeds have.</summary>
    public static NodeRange Nodes { get; } = new(4, 7);

    /// <summary>Runs the seeds from 1 on with a program; its report is written into a folder.</summary>
    public static PlantedRun Of(string program, string folder, long seeds, int jobs)
    {
        string file = Path.Combine(folder, "report.json");
        File.Delete(file);
        ProcessStartInfo start = new("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList =
            {
                program, "simulate", "--seeds", seeds.ToString(CultureInfo.InvariantCulture), "--nodes",
                Nodes.ToString(), "--jobs", jobs.ToString(CultureInfo.InvariantCulture), "--stop-at-failure", "--json",
                file,
            },
        };
        using Process process = Process.Start(start)
            ?? throw new PlantedBugException("dotnet does not start: is the .NET SDK installed?");
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode > 1 || !File.Exists(file))
        {
            return new PlantedRun(null, null, output + errors.Result);
        }

        ReportDocument report = ReportFile.Read(file).ToDocument();
        FailureRecord? first = report.Failures.OrderBy(failure => failure.Seed).FirstOrDefault();
        return new PlantedRun(first, first is null ? null : (long)(first.Seed - report.From) + 1, null);
    }
}
