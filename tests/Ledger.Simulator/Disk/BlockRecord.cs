using Ledger.Consensus;

namespace Ledger.Simulator.Disk;

/// <summary>A decided block, what decided it, and the set that follows.</summary>
public sealed record BlockRecord(ProposalBlock Block, Certificate Certificate, ValidatorSet NextSet);
