using Ledger.Contracts.Protos;
using Ledger.Primitives;

namespace Ledger.Client.Transactions;

/// <summary>Says in words what an operation asks for, so that who signs knows what is signed.</summary>
public static class OperationText
{
    /// <summary>One line, with whole addresses.</summary>
    public static string Describe(Operation operation) => operation.CallCase switch
    {
        Operation.CallOneofCase.RegisterInstitution =>
            $"register the institution {operation.RegisterInstitution.Name} ({operation.RegisterInstitution.Domain})",
        Operation.CallOneofCase.VoteInstitution =>
            $"vote {(operation.VoteInstitution.Approve ? "for" : "against")} "
                + $"{Name(operation.VoteInstitution.Candidate)}, "
            + $"ballot {operation.VoteInstitution.Ballot}",
        Operation.CallOneofCase.PublishEndpoint =>
            $"publish the endpoint {operation.PublishEndpoint.Uri}",
        Operation.CallOneofCase.PublishEncryptionKey => "publish an encryption key",
        Operation.CallOneofCase.PublishTlsBinding => $"publish TLS binding {operation.PublishTlsBinding.Number}",
        Operation.CallOneofCase.MembershipRevoke =>
            $"accuse {Name(operation.MembershipRevoke.Institution)} and vote for its revocation",
        Operation.CallOneofCase.RevocationVote =>
            $"vote {(operation.RevocationVote.Approve ? "for" : "against")} revoking "
            + $"{Name(operation.RevocationVote.Institution)}, ballot {operation.RevocationVote.Ballot}",
        Operation.CallOneofCase.SeatPropose =>
            $"propose together: {string.Join("; ", operation.SeatPropose.Changes.Select(Describe))}",
        Operation.CallOneofCase.SeatVote =>
            $"vote {(operation.SeatVote.Approve ? "for" : "against")} proposal {operation.SeatVote.Proposal} "
            + "about seats",
        Operation.CallOneofCase.SeatRotate =>
            $"give the signer's seat the vote key {Name(operation.SeatRotate.VoteKey)} instead of "
            + $"{Name(operation.SeatRotate.OldVoteKey)}",
        Operation.CallOneofCase.SeatActivate =>
            $"activate proposal {operation.SeatActivate.Proposal} about seats after epoch "
            + $"{operation.SeatActivate.Epoch}",
        Operation.CallOneofCase.Enrol =>
            $"enrol learner {Name(operation.Enrol.Learner)} at {Name(operation.Enrol.Institution)}",
        Operation.CallOneofCase.EndEnrolment =>
            $"end the enrolment of {Name(operation.EndEnrolment.Learner)} at "
                + $"{Name(operation.EndEnrolment.Institution)}",
        Operation.CallOneofCase.UicCreate => "create the signer's user index",
        Operation.CallOneofCase.UicInsert =>
            $"enter {operation.UicInsert.Verb} in the user index of {Name(operation.UicInsert.Learner)}",
        Operation.CallOneofCase.PicCreate => "create the signer's provider index",
        Operation.CallOneofCase.PicInsert =>
            $"enter {operation.PicInsert.Verb} of {Name(operation.PicInsert.Learner)} in the signer's provider index",
        Operation.CallOneofCase.LlpcCreate =>
            $"create the LLPC {operation.LlpcCreate.Verb} of {Name(operation.LlpcCreate.Learner)}",
        Operation.CallOneofCase.LlpcInsert =>
            $"anchor {operation.LlpcInsert.Records.Count} records in {operation.LlpcInsert.Verb} "
            + $"of {Name(operation.LlpcInsert.Learner)}",
        Operation.CallOneofCase.LlpcRequest =>
            $"ask for {Describe(operation.LlpcRequest.Rights)} on {operation.LlpcRequest.Verb} "
            + $"of {Name(operation.LlpcRequest.Learner)}",
        Operation.CallOneofCase.LlpcDeny =>
            $"deny request {operation.LlpcDeny.Request} on {operation.LlpcDeny.Verb} of "
                + $"{Name(operation.LlpcDeny.Learner)}",
        Operation.CallOneofCase.LlpcGrant =>
            $"grant {Describe(operation.LlpcGrant.Rights)} on {operation.LlpcGrant.Verb} of "
            + $"{Name(operation.LlpcGrant.Learner)} to {Name(operation.LlpcGrant.Grantee)}",
        Operation.CallOneofCase.LlpcRevoke =>
            $"revoke grant {operation.LlpcRevoke.Grant} on {operation.LlpcRevoke.Verb} of "
                + $"{Name(operation.LlpcRevoke.Learner)}",
        Operation.CallOneofCase.LlpcRenounce =>
            $"renounce grant {operation.LlpcRenounce.Grant} on {operation.LlpcRenounce.Verb} "
            + $"of {Name(operation.LlpcRenounce.Learner)}",
        Operation.CallOneofCase.LlpcWithdraw =>
            $"withdraw request {operation.LlpcWithdraw.Request} on {operation.LlpcWithdraw.Verb} "
            + $"of {Name(operation.LlpcWithdraw.Learner)}",
        Operation.CallOneofCase.LlpcScore =>
            $"record a {(operation.LlpcScore.Public is null ? "sealed" : "public")} score of record "
            + $"{operation.LlpcScore.Index} in {operation.LlpcScore.Verb} of {Name(operation.LlpcScore.Learner)}",
        Operation.CallOneofCase.LlpcErase =>
            $"erase {operation.LlpcErase.Records.Count} records in {operation.LlpcErase.Verb} "
            + $"of {Name(operation.LlpcErase.Learner)} for ever",
        Operation.CallOneofCase.Settle => "settle what has expired",
        Operation.CallOneofCase.MeasurePropose =>
            $"propose and approve the measure: {MeasureText.Describe(operation.MeasurePropose.Measure)}",
        Operation.CallOneofCase.AnnounceVersion =>
            $"announce a program that knows the rules up to version {operation.AnnounceVersion.Version}",
        Operation.CallOneofCase.MeasureVote =>
            $"vote {(operation.MeasureVote.Approve ? "for" : "against")} measure {operation.MeasureVote.Measure}",
        Operation.CallOneofCase.MembershipLeave => "end the signer's membership",
        Operation.CallOneofCase.RotateKey =>
            $"let the signer go on under key {operation.RotateKey.Number}, {Name(operation.RotateKey.NewKey)}",
        Operation.CallOneofCase.PublishContact =>
            $"publish contact data that {operation.PublishContact.Contact?.Keys.Count ?? 0} members can open",
        Operation.CallOneofCase.StaffAppoint or Operation.CallOneofCase.StaffAssign
            or Operation.CallOneofCase.StaffEnd or Operation.CallOneofCase.TestimonialIssue
            or Operation.CallOneofCase.TestimonialWithdraw => StaffText.Describe(operation),
        Operation.CallOneofCase.GuardianAppoint => LearnerText.Describe(operation.GuardianAppoint),
        Operation.CallOneofCase.GuardianEnd => LearnerText.Describe(operation.GuardianEnd),
        Operation.CallOneofCase.LearnerMerge => LearnerText.Describe(operation.LearnerMerge),
        Operation.CallOneofCase.RecoveryPlanSet => LearnerText.Describe(operation.RecoveryPlanSet),
        Operation.CallOneofCase.RecoveryPropose => LearnerText.Describe(operation.RecoveryPropose),
        Operation.CallOneofCase.RecoveryApprove => LearnerText.Describe(operation.RecoveryApprove),
        Operation.CallOneofCase.RecoveryCancel => LearnerText.Describe(operation.RecoveryCancel),
        Operation.CallOneofCase.RecoveryComplete => LearnerText.Describe(operation.RecoveryComplete),
        Operation.CallOneofCase.ClaimAnnounce => LearnerText.Describe(operation.ClaimAnnounce),
        Operation.CallOneofCase.ClaimRevoke => LearnerText.Describe(operation.ClaimRevoke),
        Operation.CallOneofCase.LearnerClaim => LearnerText.Describe(operation.LearnerClaim),
        Operation.CallOneofCase.OptOut => LearnerText.Describe(operation.OptOut),
        Operation.CallOneofCase.CustodyPublishPlan =>
            $"publish the custody plan {operation.CustodyPublishPlan.Name}, to be read at "
            + $"{operation.CustodyPublishPlan.TermsUri}, with {operation.CustodyPublishPlan.NoticeDays} days of notice",
        Operation.CallOneofCase.CustodyWithdrawPlan =>
            $"withdraw custody plan {operation.CustodyWithdrawPlan.Plan}",
        Operation.CallOneofCase.CustodyOffer =>
            $"ask that {Name(operation.CustodyOffer.Provider)} keep the records of "
            + $"{Name(operation.CustodyOffer.Client)} under its plan {operation.CustodyOffer.Plan}",
        Operation.CallOneofCase.CustodyAccept =>
            $"agree that {Name(operation.CustodyAccept.Provider)} keep the records of "
            + $"{Name(operation.CustodyAccept.Client)} under its plan {operation.CustodyAccept.Plan} "
            + $"(agreement {operation.CustodyAccept.Agreement})",
        Operation.CallOneofCase.CustodyEnd =>
            $"end agreement {operation.CustodyEnd.Agreement} of {Name(operation.CustodyEnd.Client)} with its custodian "
            + $"{Name(operation.CustodyEnd.Provider)}",
        Operation.CallOneofCase.CustodyConfirm =>
            $"confirm {operation.CustodyConfirm.Count} verified records in {operation.CustodyConfirm.Verb} of "
            + $"{Name(operation.CustodyConfirm.Learner)}, written by {Name(operation.CustodyConfirm.Writer)}",
        Operation.CallOneofCase.TrailAppend =>
            $"enter {operation.TrailAppend.Commitments.Count} reads in the trail of "
            + $"{Name(operation.TrailAppend.Learner)}",
        Operation.CallOneofCase.None => "nothing that this program knows",
        _ => "nothing that this program knows",
    };

    /// <summary>A change of seats, with whole addresses and keys.</summary>
    public static string Describe(SeatChange change) => change.Kind switch
    {
        SeatChangeKind.Add => $"a seat for {Name(change.Institution)} with vote key {Name(change.VoteKey)}",
        SeatChangeKind.Remove => $"no more seat for {Name(change.Institution)}",
        SeatChangeKind.Rotate =>
            $"vote key {Name(change.VoteKey)} instead of {Name(change.OldVoteKey)} for {Name(change.Institution)}",
        SeatChangeKind.Replace =>
            $"the seat of {Name(change.Outgoing)} to {Name(change.Institution)} with vote key {Name(change.VoteKey)}",
        SeatChangeKind.Unspecified => "nothing that this program knows",
        _ => "nothing that this program knows",
    };

    /// <summary>The rights by name, such as <c>read, grant-read</c>; <c>no right</c> when none is set.</summary>
    public static string Describe(Rights? rights)
    {
        List<string> names = [];
        AddIf(names, rights?.Read, "read");
        AddIf(names, rights?.Write, "write");
        AddIf(names, rights?.GrantRead, "grant-read");
        AddIf(names, rights?.GrantWrite, "grant-write");
        return names.Count == 0 ? "no right" : string.Join(", ", names);
    }

    private static void AddIf(List<string> names, bool? set, string name)
    {
        if (set == true)
        {
            names.Add(name);
        }
    }

    private static string Name(Google.Protobuf.ByteString address) =>
        Address.TryRead(address.Span, out Address read) ? read.ToString() : "(no address)";
}
