using Grpc.Core;
using Ledger.Client.Protos;

namespace Ledger.CommandLine.Tests.Nodes;

/// <summary>Keeps the accounts of claims.</summary>
internal sealed class FakeAccounts : LearnerAccounts.LearnerAccountsBase
{
    public List<ClaimAccount> Kept { get; } = [];

    public override Task<KeepClaimsReply> KeepClaims(ClaimAccounts request, ServerCallContext context)
    {
        Kept.AddRange(request.Claims);
        return Task.FromResult(new KeepClaimsReply());
    }

    public override Task<ClaimAccounts> ListClaims(PageRequest request, ServerCallContext context)
    {
        ClaimAccounts page = new();
        page.Claims.AddRange(Kept);
        return Task.FromResult(page);
    }
}
