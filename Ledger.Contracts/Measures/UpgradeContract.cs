using Ledger.Contracts.Execution;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.Contracts.Measures;

/// <summary>RLPC: who has a program for newer rules, and the measure that decides on them. Rule K-20.</summary>
internal static class UpgradeContract
{
    /// <summary>By the holder of a seat; a later announcement names a later version.</summary>
    public static OperationResult Announce(BlockDraft draft, AnnounceVersion call, CallContext context)
    {
        if (!ValidatorSeat.Of(draft).Any(seat => seat.Address == context.Actor))
        {
            return Outcome.Refused(ResultCode.NoSeat);
        }

        StateKey key = StateKeys.VersionAnnouncement(context.Actor);
        uint before = draft.Find(key, VersionAnnouncement.Parser)?.Version ?? RulesVersions.First;
        if (call.Version <= before)
        {
            return Outcome.Refused(ResultCode.VersionNotNewer);
        }

        draft.Set(key, new VersionAnnouncement { Version = call.Version, Height = context.Height });
        draft.Emit(new ContractEvent(ContractEventKind.VersionAnnounced)
        {
            Actor = context.Actor,
            Subject = context.Actor,
            Number = call.Version,
        });
        return Outcome.Accepted();
    }

    /// <summary>Null for a version above the one in force and above one that is decided.</summary>
    public static ResultCode? Refusal(IStateView state, UpgradeRules measure)
    {
        uint decided = state.Find(StateKeys.RulesPlan, RulesPlan.Parser)?.Version ?? 0;
        return measure.Version > Math.Max(decided, RulesVersions.Active(state)) ? null : ResultCode.VersionNotNewer;
    }

    /// <summary>Waits from now on for its height and for the announcements of seats.</summary>
    public static void Apply(BlockDraft draft, UpgradeRules measure, CallContext context)
    {
        draft.Set(StateKeys.RulesPlan, new RulesPlan { Version = measure.Version, Height = measure.Height });
        draft.Emit(new ContractEvent(ContractEventKind.UpgradeDecided)
        {
            Actor = context.Actor,
            Number = measure.Version,
        });
    }
}
