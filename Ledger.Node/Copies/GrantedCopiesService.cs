using Grpc.Core;
using Ledger.Client.Boxes;
using Ledger.Client.Protos;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Contracts.Transactions;
using Ledger.Node.Api;
using Ledger.Node.Chain;
using Ledger.Node.Granted;
using Ledger.Primitives;

namespace Ledger.Node.Copies;

/// <summary>Reads granted records for its institution and keeps copies, for as long as the right lasts.</summary>
public sealed class GrantedCopiesService(
    Address self,
    CallerAuthentication callers,
    ChainState chain,
    ChainReader blocks,
    GrantedReader reader,
    CopyStore store,
    TimeProvider time) : GrantedCopies.GrantedCopiesBase
{
    /// <summary>Entries of the journal that are told.</summary>
    private const int ActsMax = 200;

    /// <inheritdoc/>
    public override async Task<CopiesKept> Keep(CopiesToKeep request, ServerCallContext context)
    {
        callers.RequireOwner(context, self);
        Address learner = Refusals.AddressOf(request.Learner, "learner");
        Address box = Refusals.AddressOf(request.Box, "box");
        if (request.Verbs.Count is 0 or > BoxLimits.VerbsMax || !request.Verbs.All(TextForm.IsVerb))
        {
            throw Refusals.Argument("verbs", "1 to 16 exact IRIs");
        }

        if (request.Openings.Count > 0 && request.Verbs.Count > 1)
        {
            throw Refusals.Argument("openings", "limits are of one verb");
        }

        CopiesKept kept = new();
        foreach (string verb in request.Verbs.Distinct(StringComparer.Ordinal))
        {
            GrantedQuery query = new(learner, verb, request.Filter, 0, GrantedQuery.LimitMax, true);
            GrantedAnswer answer = await reader.ReadBoxAsync(
                box, [verb], query, request.Purpose, request.Openings, context.CancellationToken);
            if (answer.Refusal is { } refusal)
            {
                throw Refusals.Precondition($"{refusal.Code}: {refusal.Sentence}");
            }

            kept.Records += (uint)answer.Records.Count;
            kept.Added += (uint)Take(new LlpcName(learner, verb), answer.Records, request.Openings);
        }

        return kept;
    }

    /// <inheritdoc/>
    public override Task<CopyList> ListCopies(CopiesQuery request, ServerCallContext context)
    {
        callers.RequireOwner(context, self);
        CopyList list = new();
        list.Groups.AddRange(store.Groups().Select(static one => new CopyGroup
        {
            Learner = one.Group.Llpc.Learner.ToField(),
            Verb = one.Group.Llpc.Verb,
            Writer = one.Group.Writer.ToField(),
            Grant = one.Group.Grant,
            Records = (ulong)one.Records,
            UntilUnixMs = one.UntilUnixMs,
        }));
        list.Acts.AddRange(store.Journal(ActsMax).Select(static entry => new CopyAct
        {
            TimeUnixMs = entry.TimeUnixMs,
            Learner = entry.Llpc.Learner.ToField(),
            Verb = entry.Llpc.Verb,
            Writer = entry.Writer.ToField(),
            Records = (ulong)entry.Records,
            What = entry.What,
        }));
        return Task.FromResult(list);
    }

    /// <inheritdoc/>
    public override Task<CopiesDropped> Drop(CopiesToDrop request, ServerCallContext context)
    {
        callers.RequireOwner(context, self);
        long dropped = store.Drop(
            Refusals.AddressOf(request.Learner, "learner"), time.GetUtcNow().ToUnixTimeMilliseconds());
        return Task.FromResult(new CopiesDropped { Records = (ulong)dropped });
    }

    // The right is judged again at the head that there is now: what was revoked meanwhile is not kept.
    private int Take(
        LlpcName llpc, IReadOnlyList<GrantedRecord> records, IReadOnlyCollection<LimitsOpening> openings)
    {
        LedgerHead head = chain.Head;
        long now = Math.Max(head.Header.TimeUnixMs, time.GetUtcNow().ToUnixTimeMilliseconds());
        List<KeptCopy> copies = [];
        foreach (IGrouping<Address, GrantedRecord> writer in records.GroupBy(static record => record.Writer))
        {
            if (CopyRights.Find(head.State, llpc, writer.Key, self, openings, now) is not { } right)
            {
                throw Refusals.Precondition("NO_RIGHT: no grant lets this institution keep them; nothing was kept");
            }

            CopyGroupName group = new(llpc, writer.Key, right.Grant);
            copies.AddRange(writer.Select(record => new KeptCopy(
                group, right.UntilUnixMs, record.Box, record.Height, record.Record, record.Receipt())));
        }

        int added = store.Keep(copies, now) ?? throw Refusals.Precondition(FormattableString.Invariant(
            $"TOO_MANY: a node keeps {CopyStore.CopiesMax} copies; drop some: ledger record copies"));
        foreach (IGrouping<Address, KeptCopy> writer in copies.GroupBy(static copy => copy.Group.Writer))
        {
            DropErased(llpc, writer.Key, writer.Select(static copy => copy.Record.Leaf.Index), now);
        }

        return added;
    }

    // What was erased after the box had answered this node may have followed before there was a copy to erase. What is
    // erased from here on it follows with the copy there.
    private void DropErased(LlpcName llpc, Address writer, IEnumerable<ulong> places, long now)
    {
        ulong[] erased =
        [
            .. places.Where(place => blocks.RecordsFrom(llpc, writer, place, 1) is [TombstoneLeaf tombstone]
                && tombstone.Index == place),
        ];
        if (erased.Length > 0 && store.Erase(llpc, writer, erased, now) > 0 && !store.Scrub())
        {
            throw new IOException("The file of copies cannot be written anew, and may hold what was erased.");
        }
    }
}
