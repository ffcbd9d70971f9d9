using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Ledger.Contracts.Tests.Chains;

/// <summary>The same blocks in two processes; `./ledger determinism` runs 10,000 of them.</summary>
[TestFixture]
public sealed class DeterminismTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Test]
    public void Two_processes_with_other_languages_and_hash_seeds_find_equal_roots()
    {
        string configuration = AppContext.BaseDirectory.Contains("Release", StringComparison.Ordinal)
            ? "Release"
            : "Debug";
        ProcessStartInfo start = new("dotnet", [ProgramOf(configuration), "--blocks", "500", "--seed", "7"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> printed = process.StandardOutput.ReadToEndAsync();
        Task<string> complaints = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail("The two processes had not compared 500 blocks after two minutes.");
        }

        TestContext.Out.WriteLine(printed.Result);
        Assert.That(process.ExitCode, Is.Zero, printed.Result + complaints.Result);
    }

    private static string ProgramOf(string configuration, [CallerFilePath] string source = "") =>
        Path.GetFullPath(Path.Combine(
            Path.GetDirectoryName(source)!, "..", "..", "Ledger.Determinism", "bin", configuration, "net10.0",
            "ledger-determinism.dll"));
}
