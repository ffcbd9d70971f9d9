using System.Collections.Immutable;
using Ledger.Primitives;

namespace Ledger.Consensus;

/// <summary>
/// To whom something was sent when: what anybody can ask for again and again is answered once in so many ticks.
/// </summary>
internal sealed class AnswerPace(ulong ticks)
{
    private readonly SortedDictionary<Address, ulong> answeredAt = [];

    /// <summary>Whether a validator may be answered now; it is then taken to be answered.</summary>
    public bool MayAnswer(Address validator, ulong now)
    {
        if (answeredAt.TryGetValue(validator, out ulong last) && now - last < ticks)
        {
            return false;
        }

        answeredAt[validator] = now;
        return true;
    }

    /// <summary>Forgets those that have no seat any more.</summary>
    public void Prune(ValidatorSet set)
    {
        ImmutableArray<Address> known = [.. answeredAt.Keys];
        foreach (Address validator in known)
        {
            if (set.IndexOf(validator) < 0)
            {
                answeredAt.Remove(validator);
            }
        }
    }
}
