using Ledger.Consensus;
using Ledger.Contracts.Execution;
using Ledger.Contracts.Transactions;

namespace Ledger.Node.Chain;

/// <summary>A block whose effects are known and not yet on disk.</summary>
/// <param name="Block">Header and leaves.</param>
/// <param name="Transactions">Its bodies in order.</param>
/// <param name="Result">What executing them gave.</param>
/// <param name="NextSet">The validators of the next height.</param>
public sealed record ExecutedBlock(
    ProposalBlock Block, IReadOnlyList<ParsedTransaction> Transactions, BlockResult Result, ValidatorSet NextSet);
