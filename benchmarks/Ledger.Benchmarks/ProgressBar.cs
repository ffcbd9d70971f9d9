using Spectre.Console;

namespace Ledger.Benchmarks;

/// <summary>
/// Moves a bar to where the work is. It reports on the caller's thread: <see cref="Progress{T}"/> would queue a
/// callback for each step.
/// </summary>
public sealed class ProgressBar(ProgressTask bar) : IProgress<int>
{
    /// <inheritdoc/>
    public void Report(int value) => bar.Value(value);
}
