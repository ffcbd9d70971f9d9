using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.Contracts.Execution;

/// <summary>
/// Adds the receipts of a block to the totals of those who acted, one value an actor and block. Rule K-17.
/// </summary>
internal sealed class UsageBook
{
    /// <summary>A day of block time.</summary>
    public const long DayMs = 86_400_000;

    private readonly SortedDictionary<Address, ActorUsage> actors = [];

    /// <summary>What the actor has asked for in the block so far.</summary>
    public ActorUsage Of(Address actor) => actors.GetValueOrDefault(actor);

    /// <summary>Counts an operation.</summary>
    public void Count(Address actor, OperationResult result) => actors[actor] = Of(actor).With(new ActorUsage(
        1, result.Code == ResultCode.Accepted ? 0UL : 1UL, result.Bytes, result.WorkUnits));

    /// <summary>
    /// Writes the totals of those whom the ledger knows by now. Who has no key on the ledger leaves nothing behind:
    /// addresses are free, and state is not.
    /// </summary>
    public void Write(BlockDraft draft, BlockContext block)
    {
        ulong day = DayOf(block.TimeUnixMs);
        foreach ((Address actor, ActorUsage added) in actors)
        {
            if (draft.TryGet(StateKeys.SigningKeys(actor).Counter, out _))
            {
                draft.Set(StateKeys.Usage(actor), Sum(draft.Usage(actor), added, day));
            }
        }
    }

    /// <summary>The day of a block's time, in days since 1970-01-01 UTC.</summary>
    public static ulong DayOf(long timeUnixMs) => checked((ulong)(timeUnixMs / DayMs));

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
