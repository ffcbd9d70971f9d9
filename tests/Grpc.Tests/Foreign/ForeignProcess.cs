using System.Diagnostics;

namespace Ledger.Testing;

/// <summary>A running script, read line by line.</summary>
public sealed class ForeignProcess : IAsyncDisposable
{
    /// <summary>Only a hang meets it.</summary>
    private static readonly TimeSpan lineLimit = TimeSpan.FromSeconds(30);

    private readonly Process process;
    private readonly string script;
    private readonly Task<string> errors;

    internal ForeignProcess(Process process, string script)
    {
        this.process = process;
        this.script = script;
        errors = process.StandardError.ReadToEndAsync();
    }

    /// <summary>The next line that the script prints; fails the test if there is none.</summary>
    public async Task<string> ReadLineAsync()
    {
        using var timeout = new CancellationTokenSource(lineLimit);
        try
        {
            return await process.StandardOutput.ReadLineAsync(timeout.Token)
                ?? throw new AssertionException($"{script} ended. It printed:\n{await errors}");
        }
        catch (OperationCanceledException)
        {
            throw new AssertionException($"{script} printed no line within {lineLimit}.");
        }
    }

    /// <summary>Ends the script by ending its input, or by force if it does not.</summary>
    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        using var timeout = new CancellationTokenSource(lineLimit);
        try
        {
            await process.WaitForExitAsync(timeout.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
        }

        process.Dispose();
    }
}
