using Ledger.Contracts.Execution;

namespace Ledger.Client.Audits;

/// <summary>
/// Which events an auditor lists one by one, and where. What learners and schools do daily is only counted.
/// </summary>
public static class AuditSections
{
    /// <summary>The heading under which an event of this kind stands.</summary>
    public static AuditSection Of(ContractEventKind kind) => kind switch
    {
        ContractEventKind.InstitutionVoted or ContractEventKind.RevocationVoted or ContractEventKind.SeatsVoted
            or ContractEventKind.MeasureVoted => AuditSection.Votes,
        ContractEventKind.EndpointPublished or ContractEventKind.EncryptionKeyPublished
            or ContractEventKind.TlsBindingPublished or ContractEventKind.KeyRotated
            or ContractEventKind.RecoveryCompleted => AuditSection.Keys,
        ContractEventKind.InstitutionRevoked or ContractEventKind.InstitutionSuspended
            or ContractEventKind.InstitutionClosed or ContractEventKind.InstitutionLeft => AuditSection.Closures,
        ContractEventKind.InstitutionRegistered or ContractEventKind.InstitutionAdmitted
            or ContractEventKind.InstitutionRejected or ContractEventKind.InstitutionReinstated
            or ContractEventKind.RevocationProposed or ContractEventKind.RevocationRejected
            or ContractEventKind.SeatsProposed or ContractEventKind.SeatsApproved or ContractEventKind.SeatsRejected
            or ContractEventKind.SeatsActivated or ContractEventKind.MeasureProposed
            or ContractEventKind.MeasureApplied or ContractEventKind.MeasureWithoutEffect
            or ContractEventKind.MeasureRejected or ContractEventKind.PolicyAdopted
            or ContractEventKind.PolicyRetired or ContractEventKind.VerbsChanged => AuditSection.Memberships,
        _ => AuditSection.None,
    };
}
