namespace Ledger.Benchmarks.Running;

/// <summary>Tells progress as lines, on the caller's thread and at once.</summary>
public sealed class LineProgress : IProgress<string>
{
    private LineProgress()
    {
    }

    /// <summary>The one of this process.</summary>
    public static LineProgress Instance { get; } = new();

    /// <inheritdoc/>
    public void Report(string value) => Console.WriteLine(value);
}
