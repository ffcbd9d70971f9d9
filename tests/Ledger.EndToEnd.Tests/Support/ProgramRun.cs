using System.Diagnostics;
using Ledger.Node.Hosting;

namespace Ledger.EndToEnd.Tests.Support;

/// <summary>How a program ended, and what it printed.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Errors">Standard error.</param>
public sealed record ProgramRun(int ExitCode, string Output, string Errors)
{
    /// <summary>Where the node program is.</summary>
    public static readonly string NodeProgram = typeof(NodeRuntime).Assembly.Location;

    /// <summary>A command ends in a second or two; one that goes on serving meets this.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>Runs <c>ledger-node</c> to its end.</summary>
    public static Task<ProgramRun> NodeAsync(params string[] arguments) =>
        RunAsync(new ProcessStartInfo("dotnet", [NodeProgram, .. arguments]));

    /// <summary>Runs a program to its end.</summary>
    public static async Task<ProgramRun> RunAsync(ProcessStartInfo start)
    {
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        using CancellationTokenSource limit = new(Limit);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            string command = string.Join(' ', start.ArgumentList);
            Assert.Fail($"{command} did not end. It printed:\n{await output}{await errors}");
        }

        return new ProgramRun(process.ExitCode, await output, await errors);
    }

    /// <summary>Succeeded.</summary>
    public ProgramRun Done()
    {
        Assert.That(ExitCode, Is.Zero, Output + Errors);
        return this;
    }

    /// <summary>Failed with an exit code and words that the user needs, and showed no stack trace.</summary>
    public void Failed(int exitCode, params string[] words)
    {
        string all = Output + Errors;
        Assert.That(all, Does.Not.Contain("   at "), "a stack trace without --verbose");
        foreach (string word in words)
        {
            Assert.That(Errors, Does.Contain(word));
        }

        Assert.That(ExitCode, Is.EqualTo(exitCode), all);
    }
}
