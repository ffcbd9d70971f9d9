using System.Diagnostics;
using Ledger.Contracts.Custody;
using Ledger.Contracts.LearnerProvider;
using Ledger.Contracts.Measures;
using Ledger.Contracts.Learners;
using Ledger.Contracts.Protos;
using Ledger.Contracts.ProviderIndex;
using Ledger.Contracts.Registrar;
using Ledger.Contracts.Staff;
using Ledger.Contracts.Trail;
using Ledger.Contracts.UserIndex;

namespace Ledger.Contracts.Execution;

/// <summary>Which contract serves which call. A call without an arm does not compile.</summary>
internal static class ContractTable
{
    public static OperationResult Apply(BlockDraft draft, Operation operation, CallContext context) =>
        operation.CallCase switch
        {
            Operation.CallOneofCase.None => throw new UnreachableException("The reader refuses an empty call."),
            Operation.CallOneofCase.RegisterInstitution =>
                InstitutionContract.Register(draft, operation.RegisterInstitution, context),
            Operation.CallOneofCase.VoteInstitution =>
                InstitutionContract.Vote(draft, operation.VoteInstitution, context),
            Operation.CallOneofCase.PublishEndpoint =>
                PublicationContract.Publish(draft, operation.PublishEndpoint, context),
            Operation.CallOneofCase.PublishEncryptionKey =>
                PublicationContract.Publish(draft, operation.PublishEncryptionKey, context),
            Operation.CallOneofCase.PublishTlsBinding =>
                PublicationContract.Publish(draft, operation.PublishTlsBinding, context),
            Operation.CallOneofCase.MembershipRevoke =>
                MembershipContract.Accuse(draft, operation.MembershipRevoke, context),
            Operation.CallOneofCase.RevocationVote =>
                MembershipContract.Vote(draft, operation.RevocationVote, context),
            Operation.CallOneofCase.SeatPropose => SeatContract.Propose(draft, operation.SeatPropose, context),
            Operation.CallOneofCase.SeatVote => SeatContract.Vote(draft, operation.SeatVote, context),
            Operation.CallOneofCase.SeatRotate => SeatContract.Rotate(draft, operation.SeatRotate, context),
            Operation.CallOneofCase.SeatActivate =>
                ActivationContract.Activate(draft, operation.SeatActivate, context),
            Operation.CallOneofCase.Enrol => EnrolmentContract.Enrol(draft, operation.Enrol, context),
            Operation.CallOneofCase.EndEnrolment => EnrolmentContract.End(draft, operation.EndEnrolment, context),
            Operation.CallOneofCase.UicCreate => UserIndexContract.Create(draft, context),
            Operation.CallOneofCase.UicInsert => UserIndexContract.Insert(draft, operation.UicInsert, context),
            Operation.CallOneofCase.PicCreate => ProviderIndexContract.Create(draft, context),
            Operation.CallOneofCase.PicInsert => ProviderIndexContract.Insert(draft, operation.PicInsert, context),
            Operation.CallOneofCase.LlpcCreate => RecordContract.Create(draft, operation.LlpcCreate, context),
            Operation.CallOneofCase.LlpcInsert => RecordContract.Insert(draft, operation.LlpcInsert, context),
            Operation.CallOneofCase.LlpcRequest => RequestContract.Request(draft, operation.LlpcRequest, context),
            Operation.CallOneofCase.LlpcDeny => RequestContract.Deny(draft, operation.LlpcDeny, context),
            Operation.CallOneofCase.LlpcGrant => GrantContract.Grant(draft, operation.LlpcGrant, context),
            Operation.CallOneofCase.LlpcRevoke => RevocationContract.Revoke(draft, operation.LlpcRevoke, context),
            Operation.CallOneofCase.LlpcRenounce => RevocationContract.Renounce(draft, operation.LlpcRenounce, context),
            Operation.CallOneofCase.Settle => Outcome.Accepted(),
            Operation.CallOneofCase.LlpcWithdraw => RequestContract.Withdraw(draft, operation.LlpcWithdraw, context),
            Operation.CallOneofCase.LlpcScore => ScoreContract.Score(draft, operation.LlpcScore, context),
            Operation.CallOneofCase.MeasurePropose => MeasureContract.Propose(draft, operation.MeasurePropose, context),
            Operation.CallOneofCase.AnnounceVersion =>
                UpgradeContract.Announce(draft, operation.AnnounceVersion, context),
            Operation.CallOneofCase.MeasureVote => MeasureContract.Vote(draft, operation.MeasureVote, context),
            Operation.CallOneofCase.MembershipLeave => MembershipContract.Leave(draft, context),
            Operation.CallOneofCase.RotateKey => KeyContract.Rotate(draft, operation.RotateKey, context),
            Operation.CallOneofCase.PublishContact =>
                PublicationContract.Publish(draft, operation.PublishContact, context),
            Operation.CallOneofCase.StaffAppoint => StaffContract.Appoint(draft, operation.StaffAppoint, context),
            Operation.CallOneofCase.StaffAssign => StaffContract.Assign(draft, operation.StaffAssign, context),
            Operation.CallOneofCase.StaffEnd => StaffContract.End(draft, operation.StaffEnd, context),
            Operation.CallOneofCase.TestimonialIssue =>
                TestimonialContract.Issue(draft, operation.TestimonialIssue, context),
            Operation.CallOneofCase.TestimonialWithdraw =>
                TestimonialContract.Withdraw(draft, operation.TestimonialWithdraw, context),
            Operation.CallOneofCase.LlpcErase => ErasureContract.Erase(draft, operation.LlpcErase, context),
            Operation.CallOneofCase.GuardianAppoint =>
                GuardianContract.Appoint(draft, operation.GuardianAppoint, context),
            Operation.CallOneofCase.GuardianEnd => GuardianContract.End(draft, operation.GuardianEnd, context),
            Operation.CallOneofCase.LearnerMerge => MergeContract.Merge(draft, operation.LearnerMerge, context),
            Operation.CallOneofCase.RecoveryPlanSet =>
                RecoveryPlanContract.Set(draft, operation.RecoveryPlanSet, context),
            Operation.CallOneofCase.RecoveryPropose =>
                RecoveryContract.Propose(draft, operation.RecoveryPropose, context),
            Operation.CallOneofCase.RecoveryApprove =>
                RecoveryContract.Approve(draft, operation.RecoveryApprove, context),
            Operation.CallOneofCase.RecoveryCancel => RecoveryContract.Cancel(draft, operation.RecoveryCancel, context),
            Operation.CallOneofCase.RecoveryComplete =>
                RecoveryContract.Complete(draft, operation.RecoveryComplete, context),
            Operation.CallOneofCase.ClaimAnnounce => ClaimContract.Announce(draft, operation.ClaimAnnounce, context),
            Operation.CallOneofCase.ClaimRevoke => ClaimContract.Revoke(draft, operation.ClaimRevoke, context),
            Operation.CallOneofCase.LearnerClaim => ClaimContract.Use(draft, operation.LearnerClaim, context),
            Operation.CallOneofCase.OptOut => OptOutContract.Set(draft, operation.OptOut, context),
            Operation.CallOneofCase.CustodyPublishPlan =>
                PlanContract.Publish(draft, operation.CustodyPublishPlan, context),
            Operation.CallOneofCase.CustodyWithdrawPlan =>
                PlanContract.Withdraw(draft, operation.CustodyWithdrawPlan, context),
            Operation.CallOneofCase.CustodyOffer => AgreementContract.Offer(draft, operation.CustodyOffer, context),
            Operation.CallOneofCase.CustodyAccept => AgreementContract.Accept(draft, operation.CustodyAccept, context),
            Operation.CallOneofCase.CustodyEnd => AgreementContract.End(draft, operation.CustodyEnd, context),
            Operation.CallOneofCase.CustodyConfirm =>
                HandOverContract.Confirm(draft, operation.CustodyConfirm, context),
            Operation.CallOneofCase.TrailAppend => TrailContract.Append(draft, operation.TrailAppend, context),
        };
}
