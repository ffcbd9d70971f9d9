namespace Ledger.Benchmarks.Wan;

/// <summary>Where nodes are.</summary>
/// <param name="Validators">How many.</param>
/// <param name="DelayMs">One-way delay between any two, in milliseconds.</param>
public readonly record struct WanPlace(int Validators, int DelayMs);
