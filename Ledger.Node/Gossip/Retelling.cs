using Ledger.Contracts.Transactions;
using Ledger.Primitives;

namespace Ledger.Node.Gossip;

/// <summary>
/// Which waiting transactions are told again, look by look. Whoever knows a transaction runs a view's timer for it, so
/// one that a stranger or a member handed to some nodes alone has to reach the leader well within T0 of 1 s. A ledger
/// that moves is deciding what waits: then only what has waited for several looks is told again.
/// </summary>
public sealed class Retelling
{
    /// <summary>
    /// Between two looks. What waits through a whole one is told again after less than two of them, 0.6 s, which leaves
    /// a part of T0 to ask for it and, between nodes that are near, to decide it.
    /// </summary>
    public const int LookMs = 300;

    /// <summary>Looks after which what waits is told again though blocks are being decided.</summary>
    public const int LooksOfMovingLedger = 3;

    // Twice as long as at first: those that were told have it, unless the message was lost.
    private const int AfterTelling = -1;

    private readonly Dictionary<Hash256, int> waited = [];
    private ulong lastHeight;

    /// <summary>
    /// What of the oldest waiting transactions is due now; <paramref name="height"/> is the head's.
    /// </summary>
    public IReadOnlyList<ParsedTransaction> Look(IReadOnlyList<ParsedTransaction> oldest, ulong height)
    {
        bool moved = height != lastHeight;
        lastHeight = height;
        Forget(oldest);
        List<ParsedTransaction> due = [];
        foreach (ParsedTransaction transaction in oldest)
        {
            int looks = waited.TryGetValue(transaction.Id, out int before) ? before + 1 : 0;
            bool isDue = looks >= (moved ? LooksOfMovingLedger : 1);
            waited[transaction.Id] = isDue ? AfterTelling : looks;
            if (isDue)
            {
                due.Add(transaction);
            }
        }

        return due;
    }

    private void Forget(IReadOnlyList<ParsedTransaction> oldest)
    {
        HashSet<Hash256> waiting = [.. oldest.Select(static transaction => transaction.Id)];
        foreach (Hash256 gone in waited.Keys.Where(id => !waiting.Contains(id)).ToArray())
        {
            waited.Remove(gone);
        }
    }
}
