using Google.Protobuf;
using Ledger.Contracts.Learners;
using Ledger.Contracts.Protos;
using Ledger.Primitives;

namespace Ledger.Contracts.Transactions;

/// <summary>
/// What of the calls about guardians, merges, recoveries, claims and opting out can be judged without state. Rule P-3.
/// </summary>
internal static class LearnerForm
{
    public static bool IsRight(GuardianAppoint call) =>
        IsAddress(call.Learner)
        && IsAddress(call.Guardian)
        && IsAddress(call.Institution)
        && call.Guardian != call.Learner
        && call.Guardian != call.Institution
        && call.UntilUnixMs > 0;

    public static bool IsRight(GuardianEnd call) =>
        IsAddress(call.Learner) && (call.Institution.IsEmpty || IsAddress(call.Institution));

    public static bool IsRight(LearnerMerge call) => IsAddress(call.Absorbed);

    // Without parties nothing else of a plan has a meaning.
    public static bool IsRight(RecoveryPlanSet call) =>
        IsAddress(call.Learner)
        && (call.Parties.Count == 0 ? call.Threshold == 0 && call.DelayMs == 0 : IsPlan(call));

    public static bool IsRight(RecoveryPropose call) =>
        IsAddress(call.Learner) && IsKey(call.NewKey) && IsSignature(call.Proof);

    public static bool IsRight(RecoveryApprove call) => IsAddress(call.Learner) && call.Recovery > 0;

    public static bool IsRight(RecoveryCancel call) => IsAddress(call.Learner) && call.Recovery > 0;

    public static bool IsRight(RecoveryComplete call) => IsAddress(call.Learner) && call.Recovery > 0;

    public static bool IsRight(ClaimAnnounce call) =>
        call.Claims.Count is > 0 and <= TransactionLimits.ClaimsMax
        && call.Claims.All(static claim => claim.Length == Hash256.Size)
        && call.EndUnixMs > 0;

    public static bool IsRight(ClaimRevoke call) =>
        call.First > 0 && call.Last >= call.First && call.Last - call.First < TransactionLimits.ClaimsMax;

    public static bool IsRight(LearnerClaim call) =>
        IsAddress(call.Learner) && IsAddress(call.Institution) && IsKey(call.ClaimKey) && IsSignature(call.Proof);

    public static bool IsRight(OptOut call) =>
        IsAddress(call.Learner) && call.Level is >= OptOutLevel.None and <= OptOutLevel.NoStore;

    private static bool IsPlan(RecoveryPlanSet call) =>
        call.Parties.Count <= LearnerLimits.RecoveryPartiesMax
        && call.Parties.All(party => IsAddress(party) && party != call.Learner)
        && RisesStrictly(call)
        && call.Threshold > 0
        && call.Threshold <= (uint)call.Parties.Count
        && call.DelayMs is >= LearnerLimits.RecoveryDelayMsMin and <= LearnerLimits.RecoveryDelayMsMax;

    private static bool RisesStrictly(RecoveryPlanSet call)
    {
        for (int place = 1; place < call.Parties.Count; place++)
        {
            if (call.Parties[place - 1].Span.SequenceCompareTo(call.Parties[place].Span) >= 0)
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsAddress(ByteString bytes) => bytes.Length == Address.Size;

    private static bool IsKey(ByteString bytes) => bytes.Length == PublicKeyBytes.Size;

    private static bool IsSignature(ByteString bytes) => bytes.Length == TransactionLimits.SignatureBytes;
}
