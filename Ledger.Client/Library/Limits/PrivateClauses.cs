using Ledger.Client.Protos;
using Ledger.Contracts.Protos;

namespace Ledger.Client.Limits;

/// <summary>
/// The clauses of a policy that the ledger cannot check, as the learner's client checks them before it signs and the
/// box before it reads. Rule K-30 of the protocol.
/// </summary>
public static class PrivateClauses
{
    /// <summary>
    /// The clause that a grant with these limits violates, or null. Without limits a grantee has promised nothing, so
    /// that every private clause is violated.
    /// </summary>
    public static PolicyClause? Violated(PolicyTemplate policy, GrantLimits? limits)
    {
        GrantLimits promised = limits ?? new GrantLimits { Backups = true };
        bool purposes = policy.Purposes.Count == 0
            || (promised.Purposes.Count > 0 && promised.Purposes.All(policy.Purposes.Contains));
        if (!purposes)
        {
            return PolicyClause.Purposes;
        }

        bool storage = (policy.Places.Count == 0 || policy.Places.Contains(promised.Place))
            && IsWithin(promised.RetentionDays, policy.RetentionDays)
            && (policy.Backups || !promised.Backups);
        if (!storage)
        {
            return PolicyClause.Storage;
        }

        return IsWithin(promised.WithdrawalDays, policy.WithdrawalDays) ? null : PolicyClause.Withdrawal;
    }

    // 0 is no bound.
    private static bool IsWithin(uint days, uint daysMax) => daysMax == 0 || (days > 0 && days <= daysMax);
}
