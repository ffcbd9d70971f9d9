using Ledger.Client.Keys;
using Ledger.Client.Transactions;
using Ledger.Contracts.Transactions;
using Ledger.Node.Api;
using Ledger.Node.Chain;
using Ledger.Node.Gossip;
using Ledger.Primitives;

namespace Ledger.Node.Anchoring;

/// <summary>
/// Asks for a block on an idle ledger, which makes none by itself: only a certified block says that what was handed in
/// has expired. A transaction without effect counts as work. Used by one thread.
/// </summary>
public sealed class IdleBlocks(
    Hash256 chainId,
    SigningKey identity,
    ChainState chain,
    TransactionIntake intake,
    Action<ParsedTransaction> tell,
    OutcomeTracker outcomes,
    TimeProvider time,
    ILogger logger)
{
    /// <summary>
    /// The clocks of two nodes may differ by this much: until then a block may hold what has expired here.
    /// </summary>
    public static readonly TimeSpan ClockDifferenceMax = TimeSpan.FromSeconds(10);

    private PendingTransaction? settlement;

    /// <summary>Asks for a block where somebody waits for what has expired.</summary>
    public void Look()
    {
        if (outcomes.HasExpired((time.GetUtcNow() - ClockDifferenceMax).ToUnixTimeMilliseconds()))
        {
            Ask();
        }
    }

    /// <summary>
    /// Asks for a block; again by the same transaction, until that has expired itself or was decided.
    /// </summary>
    public void Ask()
    {
        DateTimeOffset now = time.GetUtcNow();
        bool isNew = settlement is null
            || chain.Recent.Contains(settlement.Id)
            || now.ToUnixTimeMilliseconds() > settlement.Body.LastValidUnixMs + ClockDifferenceMax.TotalMilliseconds;
        if (isNew)
        {
            settlement = TransactionBuilder.Signed(
                chainId, TransactionBuilder.LastValidFor(now), identity.Address, identity, Operations.Settle());
            logger.LogInformation(
                "what was handed in has expired on an idle ledger; a transaction without effect asks for a block");
        }

        IntakeAnswer answer = intake.Offer(settlement!.ToSignedBytes());
        if (answer.Kind == IntakeKind.Added)
        {
            tell(answer.Transaction!);
        }
        else if (isNew && answer.Refusal is { } refusal)
        {
            logger.LogWarning(
                "the transaction without effect was refused: {Text}", TransactionRefusalText.Of(refusal));
        }
    }
}
