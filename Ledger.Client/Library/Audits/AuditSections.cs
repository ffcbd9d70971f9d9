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
        ContractEventKind.InstitutionVoted or ContractEventKind.RevocationVoted or ContractEventKind.SeatsVoted =>
            AuditSection.Votes,
        ContractEventKind.EndpointPublished or ContractEventKind.EncryptionKeyPublished
            or ContractEventKind.TlsBindingPublished => AuditSection.Keys,
        ContractEventKind.InstitutionRevoked => AuditSection.Closures,
        ContractEventKind.InstitutionRegistered or ContractEventKind.InstitutionAdmitted
            or ContractEventKind.InstitutionRejected or ContractEventKind.RevocationProposed
            or ContractEventKind.RevocationRejected or ContractEventKind.SeatsProposed
            or ContractEventKind.SeatsApproved or ContractEventKind.SeatsRejected or ContractEventKind.SeatsActivated =>
            AuditSection.Memberships,
        _ => AuditSection.None,
    };
}
