using System.Collections.Immutable;
using Ledger.Primitives;

namespace Ledger.Consensus;

/// <summary>
/// The newest message of each validator's key that was seen, and who has said what it saw of one's own since the start.
/// Rule S-9 of the protocol.
/// </summary>
internal sealed class WitnessLog
{
    private readonly SortedDictionary<Address, VerifiedMessage> newest = [];
    private readonly AnswerPace answers = new(Ticks.PerWitness);
    private readonly SortedSet<Address> witnesses = [];

    /// <summary>How many messages are kept.</summary>
    public int Count => newest.Count;

    /// <summary>Keeps a message where it is the newest of its key.</summary>
    public void Note(VerifiedMessage message)
    {
        if (!newest.TryGetValue(message.Sender, out VerifiedMessage? known)
            || SeenSlot.Of(message.Content).CompareTo(SeenSlot.Of(known.Content)) > 0)
        {
            newest[message.Sender] = message;
        }
    }

    /// <summary>The newest message of a key that was seen, or null.</summary>
    public VerifiedMessage? NewestOf(Address validator) => newest.GetValueOrDefault(validator);

    /// <summary>Whether a validator may be answered now; it is then taken to be answered.</summary>
    public bool MayAnswer(Address validator, ulong now) => answers.MayAnswer(validator, now);

    /// <summary>Notes that a validator has seen nothing of one's own key that is not remembered.</summary>
    public void Add(Address witness) => witnesses.Add(witness);

    /// <summary>Whether q validators of a set know, oneself included.</summary>
    public bool IsQuorum(ValidatorSet set)
    {
        int count = 1;
        foreach (Address witness in witnesses)
        {
            count += set.IndexOf(witness) >= 0 ? 1 : 0;
        }

        return count >= set.Quorum;
    }

    /// <summary>Forgets those that have no seat any more.</summary>
    public void Prune(ValidatorSet set)
    {
        ImmutableArray<Address> known = [.. newest.Keys];
        foreach (Address validator in known)
        {
            if (set.IndexOf(validator) < 0)
            {
                newest.Remove(validator);
            }
        }

        answers.Prune(set);
    }
}
