namespace Ledger.Client.Claims;

/// <summary>A learner whom an institution announces: its accounts, the code for it, and the claim's number.</summary>
/// <param name="Claim">The claim's number on the ledger; 0 where it is not announced yet.</param>
/// <param name="Code">What the learner is given.</param>
/// <param name="Accounts">The learner's accounts at the institution, as the record store keeps them.</param>
public sealed record AnnouncedLearner(ulong Claim, ClaimCode Code, IReadOnlyList<string> Accounts);
