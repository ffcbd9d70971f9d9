using Ledger.Contracts.Protos;

namespace Ledger.Contracts.Execution;

/// <summary>What an institution may do though it has used its quota up. Rule K-19 of the protocol.</summary>
internal static class QuotaRules
{
    /// <summary>Whether the call keeps duties, or takes back or denies access, which no limit ever refuses.</summary>
    public static bool IsFree(Operation.CallOneofCase call) =>
        ActorRules.KeepsDuties(call)
        || call is Operation.CallOneofCase.LlpcRevoke or Operation.CallOneofCase.LlpcDeny;
}
