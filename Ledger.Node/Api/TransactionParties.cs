using Google.Protobuf;
using Ledger.Contracts.Protos;
using Ledger.Primitives;

namespace Ledger.Node.Api;

/// <summary>
/// Whom a decided transaction concerns: those who signed it, and the learner whom it is about where there is only one.
/// An institution's batch is about many learners, none of whom may read it as a whole: what it says of one of them,
/// that learner reads from its LLPCs and through the box.
/// </summary>
public static class TransactionParties
{
    /// <summary>Whether a party may be shown the whole transaction.</summary>
    public static bool Concerns(SignedTransaction transaction, Address party)
    {
        TransactionBody body = TransactionBody.Parser.ParseFrom(transaction.Body);
        ByteString address = ByteString.CopyFrom(party.ToArray());
        if (body.Signers.Any(signer => signer.Address == address))
        {
            return true;
        }

        HashSet<ByteString> learners =
            [.. body.Groups.SelectMany(group => group.Operations).Select(LearnerOf).OfType<ByteString>()];
        return learners.Count == 1 && learners.Contains(address);
    }

    private static ByteString? LearnerOf(Operation operation) => operation.CallCase switch
    {
        Operation.CallOneofCase.None
            or Operation.CallOneofCase.RegisterInstitution
            or Operation.CallOneofCase.VoteInstitution
            or Operation.CallOneofCase.PublishEndpoint
            or Operation.CallOneofCase.PublishEncryptionKey
            or Operation.CallOneofCase.PublishTlsBinding
            or Operation.CallOneofCase.MembershipRevoke
            or Operation.CallOneofCase.RevocationVote
            or Operation.CallOneofCase.SeatPropose
            or Operation.CallOneofCase.SeatVote
            or Operation.CallOneofCase.SeatRotate
            or Operation.CallOneofCase.SeatActivate
            or Operation.CallOneofCase.UicCreate
            or Operation.CallOneofCase.PicCreate
            or Operation.CallOneofCase.Settle
            or Operation.CallOneofCase.MeasurePropose
            or Operation.CallOneofCase.AnnounceVersion
            or Operation.CallOneofCase.MeasureVote
            or Operation.CallOneofCase.MembershipLeave
            or Operation.CallOneofCase.RotateKey
            or Operation.CallOneofCase.PublishContact
            or Operation.CallOneofCase.StaffAppoint
            or Operation.CallOneofCase.StaffAssign
            or Operation.CallOneofCase.StaffEnd
            or Operation.CallOneofCase.ClaimAnnounce
            or Operation.CallOneofCase.ClaimRevoke => null,
        Operation.CallOneofCase.Enrol => operation.Enrol.Learner,
        Operation.CallOneofCase.EndEnrolment => operation.EndEnrolment.Learner,
        Operation.CallOneofCase.UicInsert => operation.UicInsert.Learner,
        Operation.CallOneofCase.PicInsert => operation.PicInsert.Learner,
        Operation.CallOneofCase.LlpcCreate => operation.LlpcCreate.Learner,
        Operation.CallOneofCase.LlpcInsert => operation.LlpcInsert.Learner,
        Operation.CallOneofCase.LlpcRequest => operation.LlpcRequest.Learner,
        Operation.CallOneofCase.LlpcDeny => operation.LlpcDeny.Learner,
        Operation.CallOneofCase.LlpcGrant => operation.LlpcGrant.Learner,
        Operation.CallOneofCase.LlpcRevoke => operation.LlpcRevoke.Learner,
        Operation.CallOneofCase.LlpcRenounce => operation.LlpcRenounce.Learner,
        Operation.CallOneofCase.LlpcWithdraw => operation.LlpcWithdraw.Learner,
        Operation.CallOneofCase.LlpcScore => operation.LlpcScore.Learner,
        Operation.CallOneofCase.LlpcErase => operation.LlpcErase.Learner,
        Operation.CallOneofCase.TestimonialIssue => operation.TestimonialIssue.Learner,
        Operation.CallOneofCase.TestimonialWithdraw => operation.TestimonialWithdraw.Learner,
        Operation.CallOneofCase.GuardianAppoint => operation.GuardianAppoint.Learner,
        Operation.CallOneofCase.GuardianEnd => operation.GuardianEnd.Learner,
        Operation.CallOneofCase.LearnerMerge => operation.LearnerMerge.Absorbed,
        Operation.CallOneofCase.RecoveryPlanSet => operation.RecoveryPlanSet.Learner,
        Operation.CallOneofCase.RecoveryPropose => operation.RecoveryPropose.Learner,
        Operation.CallOneofCase.RecoveryApprove => operation.RecoveryApprove.Learner,
        Operation.CallOneofCase.RecoveryCancel => operation.RecoveryCancel.Learner,
        Operation.CallOneofCase.RecoveryComplete => operation.RecoveryComplete.Learner,
        Operation.CallOneofCase.LearnerClaim => operation.LearnerClaim.Learner,
        Operation.CallOneofCase.OptOut => operation.OptOut.Learner,
        Operation.CallOneofCase.CustodyPublishPlan
            or Operation.CallOneofCase.CustodyWithdrawPlan => null,
        Operation.CallOneofCase.CustodyOffer => operation.CustodyOffer.Client,
        Operation.CallOneofCase.CustodyAccept => operation.CustodyAccept.Client,
        Operation.CallOneofCase.CustodyEnd => operation.CustodyEnd.Client,
        Operation.CallOneofCase.CustodyConfirm => operation.CustodyConfirm.Learner,
        Operation.CallOneofCase.TrailAppend => operation.TrailAppend.Learner,
        _ => throw new InvalidOperationException("an operation without a name"),
    };
}
