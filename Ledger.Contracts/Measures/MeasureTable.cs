using System.Diagnostics;
using Google.Protobuf;
using Ledger.Contracts.Execution;
using Ledger.Contracts.Policies;
using Ledger.Contracts.Protos;
using Ledger.Contracts.Registrar;
using Ledger.Contracts.State;
using Ledger.Contracts.Verbs;

namespace Ledger.Contracts.Measures;

/// <summary>What each content of a measure asks for, and does. A content without an arm does not compile.</summary>
internal static class MeasureTable
{
    /// <summary>
    /// Why the measure cannot be applied to this state, or null. Asked when it is proposed, and again by the vote that
    /// decides.
    /// </summary>
    public static ResultCode? Refusal(IStateView state, Measure measure, CallContext context) =>
        measure.ContentCase switch
        {
            Measure.ContentOneofCase.None => throw new UnreachableException("The reader refuses an empty measure."),
            Measure.ContentOneofCase.Suspend => StatusMeasures.Refusal(state, measure.Suspend),
            Measure.ContentOneofCase.Reinstate => StatusMeasures.Refusal(state, measure.Reinstate),
            Measure.ContentOneofCase.Close => StatusMeasures.Refusal(state, measure.Close),
            Measure.ContentOneofCase.Adopt => PolicyBook.Refusal(state, measure.Adopt),
            Measure.ContentOneofCase.Retire => PolicyBook.Refusal(state, measure.Retire),
            Measure.ContentOneofCase.Verbs => VerbRules.Refusal(state, measure.Verbs),
            Measure.ContentOneofCase.Quota => QuotaMeasure.Refusal(state, measure.Quota),
            Measure.ContentOneofCase.Upgrade => UpgradeContract.Refusal(state, measure.Upgrade),
        };

    /// <summary>Does what was decided. <see cref="Refusal"/> was null on the same state.</summary>
    public static void Apply(BlockDraft draft, Measure measure, CallContext context)
    {
        Action apply = measure.ContentCase switch
        {
            Measure.ContentOneofCase.None => throw new UnreachableException("The reader refuses an empty measure."),
            Measure.ContentOneofCase.Suspend => () => StatusMeasures.Apply(draft, measure.Suspend, context),
            Measure.ContentOneofCase.Reinstate => () => StatusMeasures.Apply(draft, measure.Reinstate, context),
            Measure.ContentOneofCase.Close => () => StatusMeasures.Apply(draft, measure.Close, context),
            Measure.ContentOneofCase.Adopt => () => PolicyBook.Adopt(draft, measure.Adopt, context),
            Measure.ContentOneofCase.Retire => () => PolicyBook.Retire(draft, measure.Retire, context),
            Measure.ContentOneofCase.Verbs => () => VerbContract.Apply(draft, measure.Verbs, context),
            Measure.ContentOneofCase.Quota => () => QuotaMeasure.Apply(draft, measure.Quota, context),
            Measure.ContentOneofCase.Upgrade => () => UpgradeContract.Apply(draft, measure.Upgrade, context),
        };
        apply();
    }

    /// <summary>The institution that the measure is about, as events name it; empty where it is about none.</summary>
    public static ByteString Subject(Measure measure) => measure.ContentCase switch
    {
        Measure.ContentOneofCase.None => throw new UnreachableException("The reader refuses an empty measure."),
        Measure.ContentOneofCase.Suspend => measure.Suspend.Institution,
        Measure.ContentOneofCase.Reinstate => measure.Reinstate.Institution,
        Measure.ContentOneofCase.Close => measure.Close.Institution,
        Measure.ContentOneofCase.Adopt => ByteString.Empty,
        Measure.ContentOneofCase.Retire => ByteString.Empty,
        Measure.ContentOneofCase.Verbs => ByteString.Empty,
        Measure.ContentOneofCase.Quota => measure.Quota.Institution,
        Measure.ContentOneofCase.Upgrade => ByteString.Empty,
    };

    /// <summary>
    /// Whether the subject counts among the members and has no vote. Of its own closing an institution may well be the
    /// one who proposes it.
    /// </summary>
    public static bool TakesSubjectsVote(Measure measure) => measure.ContentCase switch
    {
        Measure.ContentOneofCase.None => throw new UnreachableException("The reader refuses an empty measure."),
        Measure.ContentOneofCase.Suspend => true,
        Measure.ContentOneofCase.Reinstate => false,
        Measure.ContentOneofCase.Close => false,
        Measure.ContentOneofCase.Adopt => false,
        Measure.ContentOneofCase.Retire => false,
        Measure.ContentOneofCase.Verbs => false,
        Measure.ContentOneofCase.Quota => false,
        Measure.ContentOneofCase.Upgrade => false,
    };
}
