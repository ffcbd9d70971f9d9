using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.Client.Exports;

/// <summary>
/// Whom to ask for what, as the state tells: who holds records of which verbs, and who else had to do with the learner.
/// </summary>
internal sealed class ExportPlan
{
    private static readonly Comparer<(Address Learner, string Verb)> InOrder =
        Comparer<(Address Learner, string Verb)>.Create(static (one, other) => one.Learner == other.Learner
            ? string.CompareOrdinal(one.Verb, other.Verb)
            : one.Learner.CompareTo(other.Learner));

    private readonly SortedSet<Address> parties = [];
    private readonly SortedDictionary<Address, SortedSet<(Address Learner, string Verb)>> holders = [];

    /// <summary>Everybody who may keep something: holders, schools, and who asked for or got access.</summary>
    public IEnumerable<Address> Parties => parties.Union(holders.Keys).Order();

    /// <summary>The contracts of which a party holds records.</summary>
    public IEnumerable<(Address Learner, string Verb)> HeldBy(Address party) =>
        holders.TryGetValue(party, out SortedSet<(Address Learner, string Verb)>? held) ? held : [];

    /// <summary>Takes a page of the state.</summary>
    public void Add(StateList page)
    {
        foreach (ProvedKey one in page.Keys.Where(static one => !one.Key.IsEmpty && !one.Value.IsEmpty))
        {
            Add(new StateKey(one.Key.Memory), one);
        }
    }

    private void Add(StateKey key, ProvedKey one)
    {
        if (StateValues.IsCounter(key))
        {
            return;
        }

        if (key.Kind == StateKind.Llpc)
        {
            AddHolders(Part(key, 0), Llpc.Parser.ParseFrom(one.Value));
        }
        else if (key.Kind is StateKind.Enrolment or StateKind.Holding or StateKind.UserIndexProvider)
        {
            parties.Add(Part(key, 1));
        }
        else if (key.Kind == StateKind.Grant)
        {
            parties.Add(GrantInstance.Parser.ParseFrom(one.Value).Grantee.ToAddress());
        }
        else if (key.Kind == StateKind.Request)
        {
            parties.Add(RequestInstance.Parser.ParseFrom(one.Value).Requester.ToAddress());
        }
    }

    private void AddHolders(Address learner, Llpc llpc)
    {
        foreach (Address holder in llpc.Holders.Select(static holder => holder.ToAddress()))
        {
            if (!holders.TryGetValue(holder, out SortedSet<(Address, string)>? held))
            {
                holders[holder] = held = new(InOrder);
            }

            held.Add((learner, llpc.Verb));
        }
    }

    private static Address Part(StateKey key, int place) =>
        new(key.Raw.Span.Slice(1 + (place * Hash256.Size), Address.Size));
}
