using Google.Protobuf.Collections;
using Ledger.Client.Protos;
using Ledger.Contracts.Policies;
using Ledger.Contracts.Transactions;

namespace Ledger.Client.Limits;

/// <summary>What of a limits document can be judged by itself. Rule K-32 of the protocol.</summary>
public static class LimitsForm
{
    /// <summary>Activities of a grant: the courses of some years.</summary>
    public const int ActivitiesMax = 64;

    /// <summary>A document as bytes: it comes with each request to a box.</summary>
    public const int DocumentBytesMax = 64 * 1024;

    /// <summary>Whether lists are in order, lengths and numbers within their limits.</summary>
    public static bool IsRight(GrantLimits limits) =>
        limits.CalculateSize() <= DocumentBytesMax
        && Rises(limits.Activities, ActivitiesMax)
        && limits.Activities.All(TextForm.IsVerb)
        && limits.FromUnixMs >= 0
        && limits.UntilUnixMs >= 0
        && (limits.UntilUnixMs == 0 || limits.FromUnixMs < limits.UntilUnixMs)
        && Rises(limits.Purposes, PolicyLimits.LabelsMax)
        && limits.Purposes.All(PolicyForm.IsLabel)
        && (limits.Place.Length == 0 || PolicyForm.IsLabel(limits.Place))
        && limits.RetentionDays <= PolicyLimits.DaysMax
        && limits.WithdrawalDays <= PolicyLimits.DaysMax;

    private static bool Rises(RepeatedField<string> texts, int countMax) =>
        texts.Count <= countMax
        && texts.Zip(texts.Skip(1)).All(static pair => string.CompareOrdinal(pair.First, pair.Second) < 0);
}
