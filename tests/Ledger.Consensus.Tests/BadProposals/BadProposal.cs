namespace Ledger.Consensus.Tests;

/// <summary>
/// One kind of bad proposal: the bytes of the signed message, what becomes of it, and what an executor would say.
/// </summary>
internal sealed record BadProposal(string Name, BadProposalOutcome Outcome, byte[] Message, string? Verdict = null)
{
    public override string ToString() => Name;
}
