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
/// <param name="self">This institution.</param>
/// <param name="reader">The ledger.</param>
/// <param name="limitsOf">Limits of a contract's grants that the node keeps.</param>
public sealed class GrantedSources(
    Address self, ChainReader reader, Func<LlpcName, IReadOnlyList<KeptLimits>> limitsOf)
{
    /// <summary>
    /// What boxes are asked: first by grants without limits, many verbs at once; then, for what these do not open, by
    /// each grant whose limits this node has openings of.
    /// </summary>
    public IReadOnlyList<GrantedQuestion> Questions(LedgerHead head, GrantedQuery query, long timeUnixMs)
    {
        SortedDictionary<Address, List<string>> unlimited = Find(head, query, timeUnixMs);
        return
        [
            .. unlimited.SelectMany(static box => box.Value.Chunk(BoxLimits.VerbsMax)
                .Select(verbs => new GrantedQuestion(box.Key, verbs, [], string.Empty))),
            .. Contracts(head, query).SelectMany(llpc => Limited(head.State, llpc, timeUnixMs))
                .Where(one => !IsOpen(unlimited, one)),
        ];
    }

    /// <summary>
    /// By box, the verbs that are open to this institution by grants without limits. Its own records are not among
    /// them: its own store answers for those.
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

    private static bool IsOpen(SortedDictionary<Address, List<string>> unlimited, GrantedQuestion question) =>
        unlimited.TryGetValue(question.Box, out List<string>? verbs) && verbs.Contains(question.Verbs[0]);

    private IEnumerable<GrantedQuestion> Limited(LedgerState state, LlpcName llpc, long timeUnixMs)
    {
        IReadOnlyList<KeptLimits> kept = limitsOf(llpc);
        if (kept.Count == 0 || state.Llpc(llpc) is not { } contract)
        {
            yield break;
        }

        ReadGrant[] limited = [.. AccessRights.ReadGrants(state, llpc, self, timeUnixMs)
            .Where(static grant => !grant.IsUnlimited)];
        foreach (KeptLimits one in kept)
        {
            if (limited.FirstOrDefault(grant => grant.Grant.Number == one.Grant) is not { } grant
                || OpenedLimits.Of(grant, one.Openings) is null)
            {
                continue;
            }

            foreach (Address holder in contract.Holders.Select(static holder => new Address(holder.Span))
                .Where(holder => holder != self && Opens(state, llpc, grant, holder)))
            {
                yield return new GrantedQuestion(holder, [llpc.Verb], one.Openings, one.Purpose);
            }
        }
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
