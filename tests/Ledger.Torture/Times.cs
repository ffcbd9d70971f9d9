using System.Globalization;

namespace Ledger.Torture;

/// <summary>How long something took, many times over; in seconds.</summary>
/// <param name="Count">How often it was measured.</param>
/// <param name="P50">Half of the times were at most this.</param>
/// <param name="P95">95 % were at most this.</param>
/// <param name="P99">99 % were at most this.</param>
/// <param name="Max">The longest.</param>
/// <param name="All">Each, in order of measurement.</param>
internal sealed record Times(int Count, double P50, double P95, double P99, double Max, double[] All)
{
    /// <summary>Of measured times, one at least.</summary>
    public static Times Of(IReadOnlyCollection<TimeSpan> measured)
    {
        double[] all = [.. measured.Select(time => Math.Round(time.TotalSeconds, 3))];
        double[] sorted = [.. all.Order()];
        double At(double share) => sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Length) - 1)];
        return new Times(all.Length, At(0.50), At(0.95), At(0.99), sorted[^1], all);
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"p50 {P50:F2}  p95 {P95:F2}  p99 {P99:F2}  max {Max:F2} s, {Count} times");
}
