using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.Contracts.Execution;

/// <summary>
/// Adds the receipts of a block to the totals of those who acted, one value an actor and block. Rule K-17.
/// </summary>
internal sealed class UsageBook(LedgerState parent, BlockContext block)
{
    private readonly SortedDictionary<Address, ActorUsage> actors = [];
    private readonly SortedDictionary<Address, ulong?> allowances = [];

    /// <summary>What the actor has asked for in the block so far.</summary>
    public ActorUsage Of(Address actor) => actors.GetValueOrDefault(actor);

    /// <summary>
    /// Whether the actor has made the work that the parent's state allows it in the block's day, by the transactions
    /// before: one that has begun goes through. Rule K-19.
    /// </summary>
    public bool IsOverQuota(Address actor)
    {
        if (!allowances.TryGetValue(actor, out ulong? allowance))
        {
            allowance = AllowanceOf(actor);
            allowances.Add(actor, allowance);
        }

        return allowance is not null && Of(actor).WorkUnits >= allowance;
    }

    /// <summary>Counts an operation.</summary>
    public void Count(Address actor, OperationResult result) => actors[actor] = Of(actor).With(new ActorUsage(
        1, result.Code == ResultCode.Accepted ? 0UL : 1UL, result.Bytes, result.WorkUnits));

    /// <summary>
    /// Writes the totals of those whom the ledger knows by now. Who has no key on the ledger leaves nothing behind:
    /// addresses are free, and state is not.
    /// </summary>
    public void Write(BlockDraft draft)
    {
        ulong day = BlockDay.Of(block.TimeUnixMs);
        foreach ((Address actor, ActorUsage added) in actors)
        {
            if (draft.TryGet(StateKeys.SigningKeys(actor).Counter, out _))
            {
                draft.Set(StateKeys.Usage(actor), Sum(draft.Usage(actor), added, day));
            }
        }
    }

    // What is left of the day's quota at the start of the block, or null where there is no quota.
    private ulong? AllowanceOf(Address actor)
    {
        ulong quota = ((IStateView)parent).Find(StateKeys.Quota(actor), Quota.Parser)?.DayWorkUnits ?? 0;
        if (quota == 0)
        {
            return null;
        }

        Usage usage = parent.Usage(actor);
        ulong made = usage.Day == BlockDay.Of(block.TimeUnixMs) ? usage.DayWorkUnits : 0;
        return made >= quota ? 0 : quota - made;
    }

    private static Usage Sum(Usage usage, ActorUsage added, ulong day)
    {
        checked
        {
            usage.Operations += added.Operations;
            usage.Refused += added.Refused;
            usage.Bytes += added.Bytes;
            usage.WorkUnits += added.WorkUnits;
            usage.DayWorkUnits = added.WorkUnits + (usage.Day == day ? usage.DayWorkUnits : 0);
            usage.Day = day;
        }

        return usage;
    }
}
