using Ledger.Contracts.Execution;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.Contracts.Measures;

/// <summary>The measure that says how much work an institution may make in a day. Rule K-19 of the protocol.</summary>
internal static class QuotaMeasure
{
    /// <summary>Null where the ledger knows the institution, whatever its status.</summary>
    public static ResultCode? Refusal(IStateView state, SetQuota measure) =>
        state.Institution(measure.Institution.ToAddress()) is null ? ResultCode.NotRegistered : null;

    /// <summary>In force from the next block on.</summary>
    public static void Apply(BlockDraft draft, SetQuota measure, CallContext context)
    {
        Address institution = measure.Institution.ToAddress();
        draft.Set(StateKeys.Quota(institution), new Quota
        {
            DayWorkUnits = measure.DayWorkUnits,
            SinceHeight = context.Height,
        });
        draft.Emit(new ContractEvent(ContractEventKind.QuotaSet)
        {
            Actor = context.Actor,
            Subject = institution,
            Number = measure.DayWorkUnits,
        });
    }
}
