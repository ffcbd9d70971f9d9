namespace Ledger.ApplyCost;

/// <summary>What a block has cost.</summary>
/// <param name="Microseconds">CPU time of the process, an operation.</param>
/// <param name="Collecting">Of that, microseconds in which garbage was collected.</param>
/// <param name="Bytes">Bytes allocated, an operation.</param>
/// <param name="Puts">Entries of the store's batch, an operation.</param>
internal readonly record struct ApplyCost(
    double Microseconds, double Collecting, double Bytes, double Puts);
