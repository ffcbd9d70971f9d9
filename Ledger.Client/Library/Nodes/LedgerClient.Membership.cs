using Ledger.Client.Protos;

namespace Ledger.Client.Nodes;

/// <summary>Members and the seats of validators; the caller must hold a member's identity key.</summary>
public sealed partial class LedgerClient
{
    /// <summary>Members with their seats, and whose nodes the asked one hears.</summary>
    public Task<MemberList> ListMembersAsync(CancellationToken cancellation) =>
        ProvedAsync(options => membership.ListMembersAsync(new MembersRequest(), options), cancellation);

    /// <summary>Changes of seats, the newest first, or one of them by its number.</summary>
    public Task<SeatChangeList> ListSeatChangesAsync(SeatChangesRequest request, CancellationToken cancellation) =>
        ProvedAsync(options => membership.ListSeatChangesAsync(request, options), cancellation);

    /// <summary>Who is ready for an approved change, with their signatures; takes the node some seconds.</summary>
    public Task<ActivationPreparation> PrepareActivationAsync(ulong change, CancellationToken cancellation)
    {
        ActivationRequest request = new() { Change = change };
        return ProvedAsync(options => membership.PrepareActivationAsync(request, options), cancellation);
    }

    /// <summary>Evidence of equivocation that the node keeps.</summary>
    public Task<EvidenceList> ListEvidenceAsync(CancellationToken cancellation) =>
        ProvedAsync(options => membership.ListEvidenceAsync(new EvidenceRequest(), options), cancellation);
}
