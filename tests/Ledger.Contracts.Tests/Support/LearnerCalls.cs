using Google.Protobuf;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Primitives;

namespace Ledger.Contracts.Tests.Support;

/// <summary>One line per call about guardians, merges, recoveries, claims and opting out.</summary>
public static class LearnerCalls
{
    public const long DayMs = 24L * 60 * 60 * 1000;

    public static Operation Appoint(TestParty learner, TestParty guardian, TestParty school, long untilUnixMs) => new()
    {
        GuardianAppoint = new GuardianAppoint
        {
            Learner = learner.Address.ToField(),
            Guardian = guardian.Address.ToField(),
            Institution = school.Address.ToField(),
            UntilUnixMs = untilUnixMs,
        },
    };

    public static Operation EndGuardian(TestParty learner, TestParty? school = null) => new()
    {
        GuardianEnd = new GuardianEnd
        {
            Learner = learner.Address.ToField(),
            Institution = school?.Address.ToField() ?? ByteString.Empty,
        },
    };

    public static Operation Merge(TestParty absorbed) =>
        new() { LearnerMerge = new LearnerMerge { Absorbed = absorbed.Address.ToField() } };

    public static Operation Plan(TestParty learner, int threshold, long delayMs, params TestParty[] parties)
    {
        RecoveryPlanSet call = new()
        {
            Learner = learner.Address.ToField(), Threshold = (uint)threshold, DelayMs = delayMs,
        };
        call.Parties.AddRange(parties.Select(party => party.Address).Order().Select(party => party.ToField()));
        return new Operation { RecoveryPlanSet = call };
    }

    public static Operation NoPlan(TestParty learner) => Plan(learner, 0, 0);

    public static Operation Propose(TestLedger ledger, TestParty learner, TestParty newKey) => new()
    {
        RecoveryPropose = new RecoveryPropose
        {
            Learner = learner.Address.ToField(),
            NewKey = newKey.Key.ToField(),
            Proof = Signed(newKey, LearnerDigests.OfRecovery(ledger.ChainId, learner.Address)),
        },
    };

    public static Operation Approve(TestParty learner, ulong recovery = 1) => new()
    {
        RecoveryApprove = new RecoveryApprove { Learner = learner.Address.ToField(), Recovery = recovery },
    };

    public static Operation Cancel(TestParty learner, ulong recovery = 1) => new()
    {
        RecoveryCancel = new RecoveryCancel { Learner = learner.Address.ToField(), Recovery = recovery },
    };

    public static Operation Complete(TestParty learner, ulong recovery = 1) => new()
    {
        RecoveryComplete = new RecoveryComplete { Learner = learner.Address.ToField(), Recovery = recovery },
    };

    public static Operation Announce(long endUnixMs, params TestParty[] codes)
    {
        ClaimAnnounce call = new() { EndUnixMs = endUnixMs };
        call.Claims.AddRange(codes.Select(code => LearnerDigests.ClaimOf(code.Key).ToField()));
        return new Operation { ClaimAnnounce = call };
    }

    public static Operation RevokeClaims(ulong first, ulong last) =>
        new() { ClaimRevoke = new ClaimRevoke { First = first, Last = last } };

    public static Operation Claim(TestLedger ledger, TestParty learner, TestParty school, TestParty code) =>
        Claim(ledger.ChainId, learner, school, code);

    public static Operation Claim(Hash256 chainId, TestParty learner, TestParty school, TestParty code) => new()
    {
        LearnerClaim = new LearnerClaim
        {
            Learner = learner.Address.ToField(),
            Institution = school.Address.ToField(),
            ClaimKey = code.Key.ToField(),
            Proof = Signed(code, LearnerDigests.OfClaim(chainId, school.Address, learner.Address)),
        },
    };

    public static Operation OptOut(TestParty learner, OptOutLevel level) =>
        new() { OptOut = new OptOut { Learner = learner.Address.ToField(), Level = level } };

    private static ByteString Signed(TestParty key, Hash256 digest) =>
        ByteString.CopyFrom(TestSignatures.Sign(key.Key, digest));
}
