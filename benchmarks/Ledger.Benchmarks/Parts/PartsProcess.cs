using System.Diagnostics;
using Ledger.Devnet;
using Ledger.Parts;

namespace Ledger.Benchmarks.Parts;

/// <summary>The program of the parts, run to its end as a process of its own with the settings of nodes.</summary>
public static class PartsProcess
{
    /// <summary>
    /// Runs it; what it says goes to this program's output. An interrupt ends it at once, without what it has under
    /// way.
    /// </summary>
    /// <exception cref="BenchmarkException">It did not come to its end.</exception>
    public static async Task RunAsync(IReadOnlyList<string> arguments, CancellationToken interrupt)
    {
        ProcessStartInfo start = new("dotnet") { UseShellExecute = false };
        NodeProgram.Tune(start);
        foreach (string argument in (string[])[PartsProgram.AssemblyFile, .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        using Process process = Process.Start(start)
            ?? throw new BenchmarkException("The program dotnet cannot be started. Is it on the path?");
        try
        {
            await process.WaitForExitAsync(interrupt);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            throw;
        }

        if (process.ExitCode != 0)
        {
            throw new BenchmarkException("The program did not come to its end; what it said stands above.");
        }
    }
}
