using Google.Protobuf;
using Ledger.Contracts.Protos;
using Ledger.Primitives;

namespace Ledger.Client.Transactions;

/// <summary>Operations about guardians, merging, recovery, claims and opting out.</summary>
public static partial class Operations
{
    /// <summary>
    /// RLPC: learner, guardian and institution, all signing, make the guardian act for the learner until a time.
    /// </summary>
    public static Operation GuardianAppoint(
        Address learner, Address guardian, Address institution, long untilUnixMs) => new()
    {
        GuardianAppoint = new GuardianAppoint
        {
            Learner = Bytes(learner),
            Guardian = Bytes(guardian),
            Institution = Bytes(institution),
            UntilUnixMs = untilUnixMs,
        },
    };

    /// <summary>
    /// RLPC: the guardian alone ends the guardianship, or with an institution named, it and the learner do.
    /// </summary>
    public static Operation GuardianEnd(Address learner, Address? institution) => new()
    {
        GuardianEnd = new GuardianEnd
        {
            Learner = Bytes(learner), Institution = institution is { } named ? Bytes(named) : ByteString.Empty,
        },
    };

    /// <summary>RLPC: the signer takes the place of another of its addresses, which signs too.</summary>
    public static Operation LearnerMerge(Address absorbed) =>
        new() { LearnerMerge = new LearnerMerge { Absorbed = Bytes(absorbed) } };

    /// <summary>RLPC: who may together give the learner a new key; without parties, nobody.</summary>
    public static Operation RecoveryPlanSet(
        Address learner, IEnumerable<Address> parties, uint threshold, long delayMs)
    {
        RecoveryPlanSet call = new() { Learner = Bytes(learner), Threshold = threshold, DelayMs = delayMs };
        call.Parties.AddRange(parties.Distinct().Order().Select(Bytes));
        return new Operation { RecoveryPlanSet = call };
    }

    /// <summary>RLPC: a named party asks for a new key, which signed the proof.</summary>
    public static Operation RecoveryPropose(Address learner, PublicKeyBytes newKey, ReadOnlySpan<byte> proof) => new()
    {
        RecoveryPropose = new RecoveryPropose
        {
            Learner = Bytes(learner),
            NewKey = ByteString.CopyFrom(newKey.ToArray()),
            Proof = ByteString.CopyFrom(proof),
        },
    };

    /// <summary>RLPC: a named party approves a recovery.</summary>
    public static Operation RecoveryApprove(Address learner, ulong recovery) =>
        new() { RecoveryApprove = new RecoveryApprove { Learner = Bytes(learner), Recovery = recovery } };

    /// <summary>RLPC: the learner or who acts for it stops a recovery.</summary>
    public static Operation RecoveryCancel(Address learner, ulong recovery) =>
        new() { RecoveryCancel = new RecoveryCancel { Learner = Bytes(learner), Recovery = recovery } };

    /// <summary>RLPC: a named party gives the learner the new key, once the delay is over.</summary>
    public static Operation RecoveryComplete(Address learner, ulong recovery) =>
        new() { RecoveryComplete = new RecoveryComplete { Learner = Bytes(learner), Recovery = recovery } };

    /// <summary>RLPC: the signer announces learners by the hashes of the keys of one-time codes.</summary>
    public static Operation ClaimAnnounce(IEnumerable<Hash256> claims, long endUnixMs)
    {
        ClaimAnnounce call = new() { EndUnixMs = endUnixMs };
        call.Claims.AddRange(claims.Select(Bytes));
        return new Operation { ClaimAnnounce = call };
    }

    /// <summary>RLPC: the signer takes back those of its claims with these numbers that were not used.</summary>
    public static Operation ClaimRevoke(ulong first, ulong last) =>
        new() { ClaimRevoke = new ClaimRevoke { First = first, Last = last } };

    /// <summary>RLPC: enrols the learner by a one-time code, whose key signed the proof.</summary>
    public static Operation LearnerClaim(
        Address learner, Address institution, PublicKeyBytes claimKey, ReadOnlySpan<byte> proof) => new()
    {
        LearnerClaim = new LearnerClaim
        {
            Learner = Bytes(learner),
            Institution = Bytes(institution),
            ClaimKey = ByteString.CopyFrom(claimKey.ToArray()),
            Proof = ByteString.CopyFrom(proof),
        },
    };

    /// <summary>RLPC: what institutions may do with new records of the learner from now on.</summary>
    public static Operation OptOut(Address learner, OptOutLevel level) =>
        new() { OptOut = new OptOut { Learner = Bytes(learner), Level = level } };
}
