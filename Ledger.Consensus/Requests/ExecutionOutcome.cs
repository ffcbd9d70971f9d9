namespace Ledger.Consensus;

/// <summary>What executing a block showed (C-3).</summary>
public abstract record ExecutionOutcome
{
    private ExecutionOutcome()
    {
    }

    /// <summary>
    /// Receipt root, state root and next set are those of the header. <paramref name="NextSet"/> is the set of h + 1.
    /// </summary>
    public sealed record Agreed(ValidatorSet NextSet) : ExecutionOutcome;

    /// <summary>
    /// The block breaks a rule; <paramref name="Reason"/> is a code for people, without effect on agreement.
    /// </summary>
    public sealed record Invalid(string Reason) : ExecutionOutcome;
}
