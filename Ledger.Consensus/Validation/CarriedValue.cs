namespace Ledger.Consensus;

/// <summary>
/// What a new view obliges its leader to propose: the prepared certificate of the highest view and its block, or
/// nothing.
/// </summary>
public readonly record struct CarriedValue(Certificate? Prepared, ProposalBlock? Block)
{
    /// <summary>Whether there is nothing to carry over.</summary>
    public bool IsFree => Prepared is null;

    /// <summary>The one with the higher view; this one where they are equal.</summary>
    public CarriedValue Higher(Certificate? prepared, ProposalBlock? block) =>
        prepared is not null && (Prepared is null || prepared.View > Prepared.View)
            ? new CarriedValue(prepared, block)
            : this;
}
