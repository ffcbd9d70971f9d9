using Ledger.Contracts.Execution;
using Ledger.Contracts.Identity;
using Ledger.Contracts.State;

namespace Ledger.Contracts.Transactions;

/// <summary>
/// Whether a transaction may come into a block: the one function of submission, where the time is that of the next
/// block at the earliest, and of the validation of a proposal, where it is the block's. Rule R-3 of the protocol.
/// </summary>
public static class TransactionRules
{
    /// <summary>
    /// Judges against the parent's state and the block's height and time (ms since 1970-01-01 UTC); null when the
    /// transaction is valid. That no id comes twice is for the caller, who keeps the ids.
    /// </summary>
    public static TransactionRefusal? Check(
        ParsedTransaction transaction, IStateView parent, ulong blockHeight, long blockTimeUnixMs) =>
        CheckTime(transaction.LastValidUnixMs, blockTimeUnixMs)
        ?? CheckCalls(transaction, parent, blockHeight)
        ?? (Signers.AreCurrent(parent, transaction.Signers) ? null : TransactionRefusal.UnknownSigner);

    // programs of earlier versions cannot read a newer call, and must not be shown one before they have stopped.
    private static TransactionRefusal? CheckCalls(
        ParsedTransaction transaction, IStateView parent, ulong blockHeight) =>
        transaction.RulesMin > RulesVersions.First
        && transaction.RulesMin > RulesVersions.InForce(parent, blockHeight)
            ? TransactionRefusal.NotInForce
            : null;

    /// <summary>t &lt;= last valid &lt;= t + 120 s.</summary>
    public static TransactionRefusal? CheckTime(long lastValidUnixMs, long blockTimeUnixMs)
    {
        if (lastValidUnixMs < blockTimeUnixMs)
        {
            return TransactionRefusal.Expired;
        }

        // Wider than a long, so that no time however large overflows the sum.
        return lastValidUnixMs > (Int128)blockTimeUnixMs + TransactionLimits.ValidityMs
            ? TransactionRefusal.TooFarAhead
            : null;
    }
}
