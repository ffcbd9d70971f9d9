using Ledger.Client.Nodes;
using Ledger.Contracts.Execution;
using Ledger.Contracts.Protos;
using Ledger.Primitives;

namespace Ledger.Client.Exports;

/// <summary>Writes receipts of what was decided about a learner: who may act, ask, read and keep.</summary>
internal sealed class ExportReceipts(IExportNode node, ExportWriter writer)
{
    private readonly HashSet<OperationPlace> written = [];

    /// <summary>
    /// The events whose operations are shown. Records have proofs of their own, scores stand in the state, and what
    /// time did has no operation.
    /// </summary>
    public static IReadOnlyList<ContractEventKind> Kinds { get; } =
    [
        ContractEventKind.LearnerCreated, ContractEventKind.Enrolled, ContractEventKind.EnrolmentEnded,
        ContractEventKind.AccessRequested, ContractEventKind.AccessDenied, ContractEventKind.AccessGranted,
        ContractEventKind.AccessRevoked, ContractEventKind.AccessRenounced, ContractEventKind.DefaultRightRevoked,
        ContractEventKind.RequestWithdrawn, ContractEventKind.RequestApproved, ContractEventKind.KeyRotated,
        ContractEventKind.TestimonialIssued, ContractEventKind.TestimonialWithdrawn,
        ContractEventKind.GuardianAppointed, ContractEventKind.GuardianEnded, ContractEventKind.LearnerMerged,
        ContractEventKind.RecoveryPlanned, ContractEventKind.RecoveryProposed, ContractEventKind.RecoveryApproved,
        ContractEventKind.RecoveryCancelled, ContractEventKind.RecoveryCompleted, ContractEventKind.ClaimUsed,
        ContractEventKind.OptedOut, ContractEventKind.CustodyOffered, ContractEventKind.CustodyAgreed,
        ContractEventKind.CustodyNoticeGiven, ContractEventKind.CustodyEnded, ContractEventKind.RecordsErased,
    ];

    /// <summary>Writes those of a learner, each operation once.</summary>
    public async Task WriteAsync(Address learner, CancellationToken cancellation)
    {
        await foreach (ToldEvent told in node.EventsAsync(learner, cancellation).ConfigureAwait(false))
        {
            if (told.Event.Place is { } place && Kinds.Contains(told.Event.Kind)
                && written.Count < ExportLimits.RememberedMax && written.Add(place)
                && await FindAsync(place, cancellation).ConfigureAwait(false) is { } receipt)
            {
                writer.Write(new ExportPart { Receipt = receipt });
            }
        }
    }

    // A transaction about several learners is shown to its signers and to members alone; the state tells what it did.
    private async Task<Receipt?> FindAsync(OperationPlace place, CancellationToken cancellation)
    {
        try
        {
            return await node.ReceiptAsync(
                place.TransactionId, (uint)place.Group, (uint)place.Operation, cancellation).ConfigureAwait(false);
        }
        catch (LedgerClientException failure) when (failure.Kind == ClientFailure.Refused)
        {
            return null;
        }
    }
}
