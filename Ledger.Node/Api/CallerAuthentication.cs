using System.Buffers.Binary;
using System.Security.Cryptography;
using Grpc.Core;
using Ledger.Client.Nodes;
using Ledger.Client.Protos;
using Ledger.Contracts.Learners;
using Ledger.Contracts.Staff;
using Ledger.Contracts.State;
using Ledger.Node.Chain;
using Ledger.Node.Keys;
using Ledger.Primitives;

namespace Ledger.Node.Api;

/// <summary>
/// Tells callers by the signature of a challenge with the key of an institution or learner of the ledger. Challenges
/// are this node's own, bear their time, and need no memory.
/// </summary>
public sealed class CallerAuthentication(
    Hash256 chainId, Address node, ChainState chain, ISignatureVerifier verifier, TimeProvider time)
{
    private const int TimeBytes = sizeof(long);
    private const int ChallengeBytes = TimeBytes + 32;
    private readonly RememberingVerifier proofs = new(verifier);
    private readonly byte[] secret = RandomNumberGenerator.GetBytes(32);

    /// <summary>A new challenge.</summary>
    public byte[] NewChallenge()
    {
        byte[] challenge = new byte[ChallengeBytes];
        BinaryPrimitives.WriteInt64BigEndian(challenge, time.GetUtcNow().ToUnixTimeMilliseconds());
        HMACSHA256.HashData(secret, challenge.AsSpan(0, TimeBytes), challenge.AsSpan(TimeBytes));
        return challenge;
    }

    /// <summary>Whether a call bears a proof, right or wrong.</summary>
    public static bool IsProved(ServerCallContext context) =>
        context.RequestHeaders.GetValueBytes(CallerMessages.MetadataKey) is not null;

    /// <summary>As <see cref="Require"/>, with what the ledger says now of the caller's membership.</summary>
    public Caller Identify(ServerCallContext context)
    {
        (Address address, Address? institution) = Prove(context);
        LedgerHead head = chain.Head;
        long now = NowOf(head);
        if (institution is { } named && !IsStaff(named, address))
        {
            throw new RpcException(new Status(
                StatusCode.PermissionDenied,
                "NOT_STAFF: the caller is not staff, at this date, of the institution in whose name it asks"));
        }

        return new Caller(address, head.State.IsMember(institution ?? address))
        {
            InNameOf = institution,
            StillActs = () => institution is not { } employer || IsStaff(employer, address),
            ActsFor = learner => LearnerActors.MayActFor(head.State, learner, address, now, LearnerAct.Read),
        };
    }

    /// <summary>
    /// For what an institution asks of its own node: fails the call with PERMISSION_DENIED for anybody else, whatever
    /// there is to answer.
    /// </summary>
    public void RequireOwner(ServerCallContext context, Address owner)
    {
        if (Require(context) != owner)
        {
            throw new RpcException(
                new Status(StatusCode.PermissionDenied, "NOT_THE_OWNER: only this node's institution may ask this"));
        }
    }

    /// <summary>The caller, proved; fails the call with UNAUTHENTICATED where it is not.</summary>
    public Address Require(ServerCallContext context) => Prove(context).Caller;

    // Who calls, and in whose name.
    private (Address Caller, Address? InNameOf) Prove(ServerCallContext context)
    {
        byte[] bytes = context.RequestHeaders.GetValueBytes(CallerMessages.MetadataKey)
            ?? throw Refused("a caller's proof is needed: sign a challenge from GetChallenge with a registered key");
        if (!CanonicalMessage.TryParse(CallerProof.Parser, bytes, out CallerProof? proof)
            || !Address.TryRead(proof.Address.Span, out Address address)
            || !PublicKeyBytes.TryRead(proof.PublicKey.Span, out PublicKeyBytes key)
            || !(proof.Institution.IsEmpty || Address.TryRead(proof.Institution.Span, out _)))
        {
            throw Refused("the caller's proof is malformed");
        }

        if (!IsOwnAndFresh(proof.Challenge.Span))
        {
            throw Refused("the challenge is not this node's, or older than ten minutes: ask for a new one");
        }

        return chain.Head.State.CurrentKey(address) == key
            && proofs.Verify(key, CallerMessages.Digest(chainId, node.ToArray(), proof.Challenge.Span),
                proof.Signature.Span)
                ? (address, proof.Institution.IsEmpty ? (Address?)null : new Address(proof.Institution.Span))
                : throw Refused(
                    "the key is not the one that this ledger holds for the address, or the signature is wrong");
    }

    private bool IsStaff(Address institution, Address caller)
    {
        LedgerHead head = chain.Head;
        return StaffRules.TermAt(head.State, institution, caller, NowOf(head)) != 0;
    }

    // On the read side time fails closed (F-2).
    private long NowOf(LedgerHead head) =>
        Math.Max(head.Header.TimeUnixMs, time.GetUtcNow().ToUnixTimeMilliseconds());

    private bool IsOwnAndFresh(ReadOnlySpan<byte> challenge)
    {
        if (challenge.Length != ChallengeBytes)
        {
            return false;
        }

        Span<byte> expected = stackalloc byte[ChallengeBytes - TimeBytes];
        HMACSHA256.HashData(secret, challenge[..TimeBytes], expected);
        if (!CryptographicOperations.FixedTimeEquals(expected, challenge[TimeBytes..]))
        {
            return false;
        }

        // Only a time that this node wrote is reckoned with: a hostile one could overflow.
        long age = time.GetUtcNow().ToUnixTimeMilliseconds() - BinaryPrimitives.ReadInt64BigEndian(challenge);
        return age >= 0 && age <= (long)ApiLimits.ChallengeLifetime.TotalMilliseconds;
    }

    private static RpcException Refused(string why) => new(new Status(StatusCode.Unauthenticated, why));
}
