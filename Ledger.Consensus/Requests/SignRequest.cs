namespace Ledger.Consensus;

/// <summary>
/// A message to sign; a commit vote bears the prepared certificate that it rests on (S-4), all others null.
/// </summary>
public sealed record SignRequest(ConsensusMessage Message, Certificate? Prepared);
