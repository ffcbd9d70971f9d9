namespace Ledger.Node.Research;

/// <summary>What one learner did of a cell.</summary>
/// <param name="Records">Records; at least 1.</param>
/// <param name="Succeeded">Of them, those that say success.</param>
/// <param name="Failed">Those that say that there was none.</param>
public readonly record struct CellCounts(ulong Records, ulong Succeeded, ulong Failed)
{
    /// <summary>With one more record.</summary>
    public CellCounts With(bool? success) => new(
        Records + 1, Succeeded + (success == true ? 1UL : 0), Failed + (success == false ? 1UL : 0));
}
