namespace Ledger.Client.Costs;

/// <summary>What somebody's use of the ledger costs in a year, in the tariff's currency.</summary>
/// <param name="Bytes">For the bytes of signed transactions.</param>
/// <param name="Work">For the work units.</param>
/// <param name="Base">For being there.</param>
public sealed record YearlyCost(decimal Bytes, decimal Work, decimal Base)
{
    /// <summary>All of it.</summary>
    public decimal Total => Bytes + Work + Base;
}
