namespace Ledger.Fuzz;

/// <summary>A clock that stands still, so that an input does the same each time.</summary>
internal sealed class FixedClock(long unixMs) : TimeProvider
{
    /// <summary>A second after the samples' chain began.</summary>
    public static readonly FixedClock AtStart = new(LedgerSamples.StartUnixMs + 1_000);

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeMilliseconds(unixMs);
}
