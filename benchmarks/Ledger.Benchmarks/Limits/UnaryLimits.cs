namespace Ledger.Benchmarks.Limits;

/// <summary>
/// Calls of 256 bytes a second that the platform's web server and client make: no API of a node is faster.
/// </summary>
/// <param name="OneCallerPerS">One after the other.</param>
/// <param name="ManyCallersPerS">By 64 callers.</param>
public sealed record UnaryLimits(double OneCallerPerS, double ManyCallersPerS)
{
    private const int Many = 64;

    private static readonly TimeSpan Span = TimeSpan.FromMilliseconds(800);

    /// <summary>Measures them, while the nodes rest.</summary>
    public static async Task<UnaryLimits> MeasureAsync(CancellationToken cancellation) => new(
        Math.Round(await UnaryRate.MeasureAsync(1, Span, cancellation)),
        Math.Round(await UnaryRate.MeasureAsync(Many, Span, cancellation)));
}
