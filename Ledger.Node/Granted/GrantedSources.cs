using Ledger.Client.Boxes;
using Ledger.Contracts.LearnerProvider;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Node.Chain;
using Ledger.Primitives;

namespace Ledger.Node.Granted;

/// <summary>Which boxes to ask for which verbs of a learner, by this institution's grants on the ledger.</summary>
public sealed class GrantedSources(Address self, ChainReader reader)
{
    /// <summary>
    /// By box, the verbs that are open to this institution without limits that only a person could show. Its own
    /// records are not among them: its own store answers for those.
    /// </summary>
    public SortedDictionary<Address, List<string>> Find(LedgerHead head, GrantedQuery query, long timeUnixMs)
    {
        SortedDictionary<Address, List<string>> boxes = [];
        foreach (LlpcName llpc in Contracts(head, query))
        {
            bool isOpen = AccessRights.ReadGrants(head.State, llpc, self, timeUnixMs)
                .Any(static grant => grant.IsUnlimited);
            if (!isOpen || head.State.Llpc(llpc) is not { } contract)
            {
                continue;
            }

            foreach (Address holder in contract.Holders.Select(static one => new Address(one.Span)))
            {
                if (holder != self)
                {
                    Add(boxes, holder, llpc.Verb);
                }
            }
        }

        return boxes;
    }

    private IEnumerable<LlpcName> Contracts(LedgerHead head, GrantedQuery query)
    {
        if (query.Verb is { } verb)
        {
            return [new LlpcName(query.Learner, verb)];
        }

        byte[] prefix = [(byte)StateKind.Llpc, .. query.Learner.ToArray()];
        return reader.State(prefix, null)
            .Select(entry => new LlpcName(query.Learner, Llpc.Parser.ParseFrom(entry.Value).Verb))
            .Where(llpc => head.State.Llpc(llpc) is not null);
    }

    private static void Add(SortedDictionary<Address, List<string>> boxes, Address holder, string verb)
    {
        if (!boxes.TryGetValue(holder, out List<string>? verbs))
        {
            verbs = [];
            boxes[holder] = verbs;
        }

        verbs.Add(verb);
    }
}
