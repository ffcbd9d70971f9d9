using Google.Protobuf.Collections;
using Ledger.Contracts.Execution;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Contracts.Registrar;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.Contracts.Staff;

/// <summary>RLPC: staff of institutions, with roles and dates. Rule K-63 of the protocol.</summary>
internal static class StaffContract
{
    /// <summary>Begins a term; both sign. Answers its number.</summary>
    public static OperationResult Appoint(BlockDraft draft, StaffAppoint call, CallContext context)
    {
        Address staff = call.Staff.ToAddress();
        InstanceSeries series = StateKeys.StaffTerms(context.Actor, staff);
        ResultCode? refusal = RefusalOfPerson(draft, staff, context) ?? CloseWhatIsOver(draft, series, context);
        if (refusal is not null)
        {
            return Outcome.Refused(refusal.Value);
        }

        ulong count = draft.Find(series.Counter, Counter.Parser)?.Count ?? 0;
        StaffTerm? before = count == 0 ? null : draft.Find(series.At(count), StaffTerm.Parser);
        if (before is not null && call.JoinedUnixMs < before.LeftUnixMs)
        {
            return Outcome.Refused(ResultCode.DateTooEarly);
        }

        if (draft.CurrentKey(staff) is null)
        {
            KeyBook.OpenFirst(draft, staff, context.KeyOf(staff)!.Value, context.Height, context.TimeUnixMs);
        }

        StaffTerm term = Term(call.Roles, call.JoinedUnixMs, context);
        term.Interval.EndUnixMs = call.UntilUnixMs;
        return Open(draft, series, term, staff, ContractEventKind.StaffAppointed, context);
    }

    /// <summary>Ends the term and begins one with other roles at the same date. Answers the new one's number.</summary>
    public static OperationResult Assign(BlockDraft draft, StaffAssign call, CallContext context)
    {
        Address staff = call.Staff.ToAddress();
        InstanceSeries series = StateKeys.StaffTerms(context.Actor, staff);
        StaffTerm? current = draft.OpenInstance(series, StaffTerm.Parser);
        ResultCode? refusal = MemberRules.Refusal(draft, context.Actor)
            ?? RefusalOfEnd(current, call.FromUnixMs, long.MaxValue);
        if (refusal is not null)
        {
            return Outcome.Refused(refusal.Value);
        }

        // Whatever end was agreed on is that of the work, not of the roles.
        StaffTerm term = Term(call.Roles, call.FromUnixMs, context);
        term.Interval.EndUnixMs = current!.Interval.EndUnixMs;
        if (term.Interval.EndUnixMs != 0 && term.Interval.EndUnixMs <= call.FromUnixMs)
        {
            return Outcome.Refused(ResultCode.NotStaffThen);
        }

        Close(draft, series, call.FromUnixMs, context);
        return Open(draft, series, term, staff, ContractEventKind.StaffAssigned, context);
    }

    /// <summary>
    /// By the institution or the member of staff: nothing dated from then on is accepted. What was done before stays
    /// valid, so the date is after all of it.
    /// </summary>
    public static OperationResult End(BlockDraft draft, StaffEnd call, CallContext context)
    {
        Address institution = call.Institution.ToAddress();
        Address staff = call.Staff.ToAddress();
        if (context.Actor != institution && context.Actor != staff)
        {
            return Outcome.Refused(ResultCode.NoRight);
        }

        InstanceSeries series = StateKeys.StaffTerms(institution, staff);
        StaffTerm? current = draft.OpenInstance(series, StaffTerm.Parser);
        ResultCode? refusal = RefusalOfEnd(current, call.LeftUnixMs, context.TimeUnixMs);
        if (refusal is not null)
        {
            return Outcome.Refused(refusal.Value);
        }

        ulong number = Close(draft, series, call.LeftUnixMs, context);
        Emit(draft, ContractEventKind.StaffEnded, staff, number, context);
        return Outcome.Accepted(number);
    }

    private static ResultCode? RefusalOfPerson(BlockDraft draft, Address staff, CallContext context)
    {
        ResultCode? refusal = MemberRules.Refusal(draft, context.Actor);
        if (refusal is not null)
        {
            return refusal;
        }

        if (context.KeyOf(staff) is not { } key)
        {
            return ResultCode.MissingSignature;
        }

        // An institution is nobody's staff.
        if (draft.Institution(staff) is not null)
        {
            return ResultCode.Malformed;
        }

        return draft.CurrentKey(staff) is null ? KeyBook.Refusal(draft, key) : null;
    }

    // A term whose agreed end has passed makes room for another.
    private static ResultCode? CloseWhatIsOver(BlockDraft draft, InstanceSeries series, CallContext context)
    {
        if (draft.OpenInstance(series, StaffTerm.Parser) is not { } current)
        {
            return null;
        }

        long end = current.Interval.EndUnixMs;
        if (end == 0 || context.TimeUnixMs < end)
        {
            return ResultCode.StaffExists;
        }

        Close(draft, series, end, context);
        return null;
    }

    private static ResultCode? RefusalOfEnd(StaffTerm? current, long endUnixMs, long latestUnixMs)
    {
        if (current is null)
        {
            return ResultCode.NoStaff;
        }

        if (endUnixMs > latestUnixMs)
        {
            return ResultCode.DateInFuture;
        }

        bool isTooEarly = endUnixMs <= current.JoinedUnixMs || endUnixMs <= current.LatestActionUnixMs;
        return isTooEarly ? ResultCode.DateTooEarly : null;
    }

    private static StaffTerm Term(RepeatedField<StaffRole> roles, long joinedUnixMs, CallContext context)
    {
        StaffTerm term = new() { Interval = Instances.From(context.Height), JoinedUnixMs = joinedUnixMs };
        term.Roles.AddRange(roles);
        return term;
    }

    private static OperationResult Open(
        BlockDraft draft,
        InstanceSeries series,
        StaffTerm term,
        Address staff,
        ContractEventKind kind,
        CallContext context)
    {
        ulong number = Instances.Open(draft, series, term);
        if (number > StaffLimits.TermsMax)
        {
            return Outcome.Refused(ResultCode.TooManyTerms);
        }

        Emit(draft, kind, staff, number, context);
        return Outcome.Accepted(number);
    }

    private static ulong Close(BlockDraft draft, InstanceSeries series, long leftUnixMs, CallContext context)
    {
        ulong number = Instances.Close(
            draft, series, StaffTerm.Parser, static value => value.Interval, context.Height);
        StaffTerm closed = draft.Find(series.At(number), StaffTerm.Parser)!;
        closed.LeftUnixMs = leftUnixMs;
        draft.Set(series.At(number), closed);
        return number;
    }

    private static void Emit(
        BlockDraft draft, ContractEventKind kind, Address staff, ulong number, CallContext context) =>
        draft.Emit(new ContractEvent(kind) { Actor = context.Actor, Subject = staff, Number = number });
}
