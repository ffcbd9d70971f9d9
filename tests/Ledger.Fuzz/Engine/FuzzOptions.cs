namespace Ledger.Fuzz;

/// <summary>What a run shall do.</summary>
/// <param name="Inputs">Inputs of each target.</param>
/// <param name="Seed">The seed of all of them.</param>
/// <param name="First">The index of the first one; above 0 to repeat one.</param>
/// <param name="Until">No further input after this time.</param>
internal sealed record FuzzOptions(long Inputs, ulong Seed, long First, TimeSpan Until)
{
    /// <summary>Kinds of findings of one target after which it is left: the first few tell enough.</summary>
    public const int FindingsMax = 5;

    /// <summary>The longest that one input may take.</summary>
    public static readonly TimeSpan InputTimeMax = TimeSpan.FromSeconds(1);
}
