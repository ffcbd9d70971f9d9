using Ledger.Client.Keys;
using Ledger.Client.Transactions;
using Ledger.Contracts.Transactions;
using Ledger.Primitives;

namespace Ledger.Node.Tests.Support;

/// <summary>How the founders of a <see cref="TestLedger"/> revoke one of them.</summary>
internal static class Revocation
{
    /// <summary>The accusation and the votes that follow it, for one block.</summary>
    public static ParsedTransaction[] Of(TestLedger ledger, SigningKey accused)
    {
        Address address = accused.Address;
        SigningKey[] others = [.. ledger.Identities.Where(key => key != accused)];
        return
        [
            ledger.Signed([others[0]], Operations.MembershipRevoke(address)),
            .. others[1..].Select(key => ledger.Signed([key], Operations.RevocationVote(address, 1, approve: true))),
        ];
    }
}
