using Ledger.Contracts.Protos;

namespace Ledger.Client.Transactions;

/// <summary>Calls about measures, and an institution's own membership.</summary>
public static partial class Operations
{
    /// <summary>RLPC: the signer, a voting member, proposes a measure and approves it.</summary>
    public static Operation MeasurePropose(Measure measure) =>
        new() { MeasurePropose = new MeasurePropose { Measure = measure } };

    /// <summary>RLPC: the signer votes on a measure.</summary>
    public static Operation MeasureVote(ulong measure, bool approve) =>
        new() { MeasureVote = new MeasureVote { Measure = measure, Approve = approve } };

    /// <summary>RLPC: the signer ends its own membership.</summary>
    public static Operation MembershipLeave() => new() { MembershipLeave = new MembershipLeave() };
}
