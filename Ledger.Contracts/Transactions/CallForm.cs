using Google.Protobuf;
using Ledger.Contracts.Policies;
using Ledger.Contracts.Protos;
using Ledger.Primitives;

namespace Ledger.Contracts.Transactions;

/// <summary>
/// What of a call can be judged without state: lengths, lists of values, what must be given. Rule P-3.
/// </summary>
internal static class CallForm
{
    public static bool IsRight(Operation operation) => operation.CallCase switch
    {
        Operation.CallOneofCase.None => false,
        Operation.CallOneofCase.RegisterInstitution => IsRight(operation.RegisterInstitution),
        Operation.CallOneofCase.VoteInstitution =>
            IsAddress(operation.VoteInstitution.Candidate) && operation.VoteInstitution.Ballot > 0,
        Operation.CallOneofCase.PublishEndpoint => IsKind(operation.PublishEndpoint.Kind)
            && TextForm.IsUri(operation.PublishEndpoint.Uri),
        Operation.CallOneofCase.PublishEncryptionKey =>
            operation.PublishEncryptionKey.PublicKey.Length == PublicKeyBytes.Size,
        Operation.CallOneofCase.PublishTlsBinding => operation.PublishTlsBinding.Number > 0
            && IsHash(operation.PublishTlsBinding.BindingHash),
        Operation.CallOneofCase.MembershipRevoke => IsAddress(operation.MembershipRevoke.Institution),
        Operation.CallOneofCase.RevocationVote =>
            IsAddress(operation.RevocationVote.Institution) && operation.RevocationVote.Ballot > 0,
        Operation.CallOneofCase.SeatPropose => SeatForm.IsRight(operation.SeatPropose),
        Operation.CallOneofCase.SeatVote => operation.SeatVote.Proposal > 0,
        Operation.CallOneofCase.SeatRotate => SeatForm.IsRight(operation.SeatRotate),
        Operation.CallOneofCase.SeatActivate => SeatForm.IsRight(operation.SeatActivate),
        Operation.CallOneofCase.Enrol => IsAddress(operation.Enrol.Learner) && IsAddress(operation.Enrol.Institution),
        Operation.CallOneofCase.EndEnrolment =>
            IsAddress(operation.EndEnrolment.Learner) && IsAddress(operation.EndEnrolment.Institution),
        Operation.CallOneofCase.UicCreate => true,
        Operation.CallOneofCase.UicInsert => IsLlpc(operation.UicInsert.Learner, operation.UicInsert.Verb),
        Operation.CallOneofCase.PicCreate => true,
        Operation.CallOneofCase.PicInsert => IsLlpc(operation.PicInsert.Learner, operation.PicInsert.Verb),
        Operation.CallOneofCase.LlpcCreate => IsLlpc(operation.LlpcCreate.Learner, operation.LlpcCreate.Verb),
        Operation.CallOneofCase.LlpcInsert => IsRight(operation.LlpcInsert),
        Operation.CallOneofCase.LlpcRequest => IsLlpc(operation.LlpcRequest.Learner, operation.LlpcRequest.Verb)
            && NamesARight(operation.LlpcRequest.Rights)
            && IsOptionalHash(operation.LlpcRequest.Purpose)
            && PolicyForm.IsOptionalName(operation.LlpcRequest.Policy)
            && (operation.LlpcRequest.Institution.IsEmpty || IsAddress(operation.LlpcRequest.Institution)),
        Operation.CallOneofCase.LlpcDeny => IsLlpc(operation.LlpcDeny.Learner, operation.LlpcDeny.Verb)
            && operation.LlpcDeny.Request > 0,
        Operation.CallOneofCase.LlpcGrant => IsRight(operation.LlpcGrant),
        Operation.CallOneofCase.LlpcRevoke => IsRight(operation.LlpcRevoke),
        Operation.CallOneofCase.LlpcRenounce => IsLlpc(operation.LlpcRenounce.Learner, operation.LlpcRenounce.Verb)
            && operation.LlpcRenounce.Grant > 0,
        Operation.CallOneofCase.Settle => true,
        Operation.CallOneofCase.LlpcWithdraw => IsLlpc(operation.LlpcWithdraw.Learner, operation.LlpcWithdraw.Verb)
            && operation.LlpcWithdraw.Request > 0,
        Operation.CallOneofCase.LlpcScore => IsRight(operation.LlpcScore),
        Operation.CallOneofCase.LlpcErase => IsRight(operation.LlpcErase),
        Operation.CallOneofCase.MeasurePropose => MeasureForm.IsRight(operation.MeasurePropose.Measure),
        Operation.CallOneofCase.AnnounceVersion => operation.AnnounceVersion.Version > 0,
        Operation.CallOneofCase.MeasureVote => operation.MeasureVote.Measure > 0,
        Operation.CallOneofCase.MembershipLeave => true,
        Operation.CallOneofCase.RotateKey => operation.RotateKey.Number > 1
            && operation.RotateKey.NewKey.Length == PublicKeyBytes.Size
            && operation.RotateKey.Proof.Length == TransactionLimits.SignatureBytes,
        Operation.CallOneofCase.PublishContact => SealedForm.IsRight(operation.PublishContact.Contact),
        Operation.CallOneofCase.StaffAppoint => StaffForm.IsRight(operation.StaffAppoint),
        Operation.CallOneofCase.StaffAssign => StaffForm.IsRight(operation.StaffAssign),
        Operation.CallOneofCase.StaffEnd => StaffForm.IsRight(operation.StaffEnd),
        Operation.CallOneofCase.TestimonialIssue => StaffForm.IsRight(operation.TestimonialIssue),
        Operation.CallOneofCase.TestimonialWithdraw => StaffForm.IsRight(operation.TestimonialWithdraw),
        Operation.CallOneofCase.GuardianAppoint => LearnerForm.IsRight(operation.GuardianAppoint),
        Operation.CallOneofCase.GuardianEnd => LearnerForm.IsRight(operation.GuardianEnd),
        Operation.CallOneofCase.LearnerMerge => LearnerForm.IsRight(operation.LearnerMerge),
        Operation.CallOneofCase.RecoveryPlanSet => LearnerForm.IsRight(operation.RecoveryPlanSet),
        Operation.CallOneofCase.RecoveryPropose => LearnerForm.IsRight(operation.RecoveryPropose),
        Operation.CallOneofCase.RecoveryApprove => LearnerForm.IsRight(operation.RecoveryApprove),
        Operation.CallOneofCase.RecoveryCancel => LearnerForm.IsRight(operation.RecoveryCancel),
        Operation.CallOneofCase.RecoveryComplete => LearnerForm.IsRight(operation.RecoveryComplete),
        Operation.CallOneofCase.ClaimAnnounce => LearnerForm.IsRight(operation.ClaimAnnounce),
        Operation.CallOneofCase.ClaimRevoke => LearnerForm.IsRight(operation.ClaimRevoke),
        Operation.CallOneofCase.LearnerClaim => LearnerForm.IsRight(operation.LearnerClaim),
        Operation.CallOneofCase.OptOut => LearnerForm.IsRight(operation.OptOut),
        Operation.CallOneofCase.CustodyPublishPlan => CustodyForm.IsRight(operation.CustodyPublishPlan),
        Operation.CallOneofCase.CustodyWithdrawPlan => operation.CustodyWithdrawPlan.Plan > 0,
        Operation.CallOneofCase.CustodyOffer => CustodyForm.IsRight(operation.CustodyOffer),
        Operation.CallOneofCase.CustodyAccept => CustodyForm.IsRight(operation.CustodyAccept),
        Operation.CallOneofCase.CustodyEnd => CustodyForm.IsRight(operation.CustodyEnd),
        Operation.CallOneofCase.CustodyConfirm => CustodyForm.IsRight(operation.CustodyConfirm),
        Operation.CallOneofCase.TrailAppend => CustodyForm.IsRight(operation.TrailAppend),
    };

    private static bool IsRight(RegisterInstitution call) =>
        TextForm.IsName(call.Name)
        && TextForm.IsDomain(call.Domain)
        && call.Kind is InstitutionKind.LearningProvider or InstitutionKind.Organisation;

    private static bool IsRight(LlpcInsert call) =>
        IsLlpc(call.Learner, call.Verb)
        && call.Records.Count is > 0 and <= TransactionLimits.RecordsMax
        && call.Records.All(static record => IsLocator(record.Locator) && IsHash(record.Commitment));

    private static bool IsRight(LlpcErase call) =>
        IsLlpc(call.Learner, call.Verb)
        && call.Records.Count is > 0 and <= TransactionLimits.RecordsMax
        && call.Records.All(static record => IsLocator(record.Locator) && IsHash(record.Commitment))
        && call.Records.Zip(call.Records.Skip(1)).All(static pair => pair.First.Index < pair.Second.Index)
        && call.Path.All(IsHash);

    private static bool IsRight(LlpcGrant call) =>
        IsLlpc(call.Learner, call.Verb)
        && IsAddress(call.Grantee)
        && NamesARight(call.Rights)
        && call.EndUnixMs >= 0
        && IsOptionalHash(call.Limits)
        && PolicyForm.IsOptionalName(call.Policy);

    private static bool IsRight(LlpcScore call) =>
        IsLlpc(call.Learner, call.Verb)
        && call.ContentCase switch
        {
            LlpcScore.ContentOneofCase.None => false,
            LlpcScore.ContentOneofCase.Sealed => IsHash(call.Sealed),
            LlpcScore.ContentOneofCase.Public => true,
        };

    // Grant 0 names an institution instead of a grant; both at once would say two things.
    private static bool IsRight(LlpcRevoke call) =>
        IsLlpc(call.Learner, call.Verb)
        && (call.Grant == 0 ? IsAddress(call.Institution) : call.Institution.IsEmpty);

    private static bool NamesARight(Rights? rights) =>
        rights is not null && (rights.Read || rights.Write || rights.GrantRead || rights.GrantWrite);

    private static bool IsKind(EndpointKind kind) =>
        kind is EndpointKind.Peer or EndpointKind.Api or EndpointKind.Box or EndpointKind.Lrs;

    private static bool IsLocator(Locator? locator) =>
        locator is { QueryTemplate: > 0, HashedId.Length: TransactionLimits.HashedIdBytes };

    private static bool IsLlpc(ByteString learner, string verb) => IsAddress(learner) && TextForm.IsVerb(verb);

    private static bool IsAddress(ByteString bytes) => bytes.Length == Address.Size;

    private static bool IsHash(ByteString bytes) => bytes.Length == Hash256.Size;

    private static bool IsOptionalHash(ByteString bytes) => bytes.IsEmpty || IsHash(bytes);
}
