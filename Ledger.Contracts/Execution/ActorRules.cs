using Ledger.Contracts.Protos;
using Ledger.Contracts.State;

namespace Ledger.Contracts.Execution;

/// <summary>
/// Who may act at all, asked before any contract is. An institution that is suspended, has left or was closed does no
/// more than keep its duties to others. Rule K-61 of the protocol.
/// </summary>
internal static class ActorRules
{
    /// <summary>Null where the actor may make this call; the contract then decides the rest.</summary>
    public static ResultCode? Refusal(IStateView state, Operation operation, CallContext context)
    {
        if (KeepsDuties(operation.CallCase))
        {
            return null;
        }

        InstitutionStatus status = state.StatusOf(context.AsInstitution);
        return status switch
        {
            InstitutionStatus.Unspecified
                or InstitutionStatus.Pending
                or InstitutionStatus.Member
                or InstitutionStatus.Rejected
                or InstitutionStatus.Revoked => null,
            InstitutionStatus.Suspended => ResultCode.InstitutionSuspended,
            InstitutionStatus.Left => ResultCode.InstitutionLeft,
            InstitutionStatus.Closed => ResultCode.InstitutionClosed,
        };
    }

    /// <summary>
    /// Whether the call keeps what others rely on: that the institution is reachable by its current keys, that what was
    /// promised is recorded, and that its own rights only shrink. Whatever is not named here is closed to it.
    /// </summary>
    public static bool KeepsDuties(Operation.CallOneofCase call) => call
        is Operation.CallOneofCase.PublishEndpoint
        or Operation.CallOneofCase.PublishEncryptionKey
        or Operation.CallOneofCase.PublishTlsBinding
        or Operation.CallOneofCase.EndEnrolment
        or Operation.CallOneofCase.LlpcRenounce
        or Operation.CallOneofCase.LlpcErase
        or Operation.CallOneofCase.RotateKey
        or Operation.CallOneofCase.PublishContact
        or Operation.CallOneofCase.StaffEnd
        or Operation.CallOneofCase.TestimonialWithdraw
        or Operation.CallOneofCase.ClaimRevoke
        or Operation.CallOneofCase.TrailAppend
        or Operation.CallOneofCase.CustodyOffer
        or Operation.CallOneofCase.CustodyAccept
        or Operation.CallOneofCase.CustodyEnd
        or Operation.CallOneofCase.ClaimRevoke
        or Operation.CallOneofCase.Settle;
}
