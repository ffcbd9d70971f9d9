using Ledger.Client.Boxes;
using Ledger.Contracts.Custody;
using Ledger.Contracts.Identity;
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
            ReadGrant[] open = [.. AccessRights.ReadGrants(head.State, llpc, self, timeUnixMs)
                .Where(static grant => grant.IsUnlimited)];
            if (open.Length == 0 || head.State.Llpc(llpc) is not { } contract)
            {
                continue;
            }

            foreach (Address holder in contract.Holders.Select(static one => new Address(one.Span)))
            {
                if (holder != self && open.Any(grant => Opens(head.State, llpc, grant, holder)))
                {
                    Add(boxes, holder, llpc.Verb);
                }
            }
        }

        return boxes;
    }

    // Who may not answer is not asked: its refusal would hide what others give, and it would learn who wants to read.
    private static bool Opens(LedgerState state, LlpcName llpc, ReadGrant grant, Address holder)
    {
        if (grant.IsAbout(holder))
        {
            return true;
        }

        Address writer = new(grant.Grant.Grant.Writer.Span);
        return CustodyRules.HasGone(state, writer)
            && state.RangeCustody(llpc, writer).Copies.Any(copy => copy.Custodian == holder.ToField());
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
