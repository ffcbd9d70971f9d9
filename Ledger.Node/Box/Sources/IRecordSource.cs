using Ledger.Contracts.Protos;
using Ledger.Node.Records;
using Ledger.Primitives;

namespace Ledger.Node.Box;

/// <summary>Where a box finds the records that the ledger's locators lead to.</summary>
public interface IRecordSource
{
    /// <summary>
    /// What the store gives for locators of a writer, in their order; null for what it does not give now. What it gives
    /// is not trusted: the box computes its commitment anew.
    /// </summary>
    Task<IReadOnlyList<KeptRecord?>> FindAsync(Address writer, IReadOnlyList<Locator> places, CancellationToken end);
}
