using Google.Protobuf;
using Ledger.Client.Keys;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Primitives;

namespace Ledger.Client.Transactions;

/// <summary>Calls about measures, keys, contact data, staff and testimonials.</summary>
public static partial class Operations
{
    /// <summary>RLPC: the signer, a voting member, proposes a measure and approves it.</summary>
    public static Operation MeasurePropose(Measure measure) =>
        new() { MeasurePropose = new MeasurePropose { Measure = measure } };

    /// <summary>By the holder of a seat: its program knows the rules up to this version.</summary>
    public static Operation AnnounceVersion(uint version) =>
        new() { AnnounceVersion = new AnnounceVersion { Version = version } };

    /// <summary>RLPC: the signer votes on a measure.</summary>
    public static Operation MeasureVote(ulong measure, bool approve) =>
        new() { MeasureVote = new MeasureVote { Measure = measure, Approve = approve } };

    /// <summary>RLPC: the signer ends its own membership.</summary>
    public static Operation MembershipLeave() => new() { MembershipLeave = new MembershipLeave() };

    /// <summary>
    /// RLPC: <paramref name="owner"/> goes on under another key, with this number among its keys; the new key makes the
    /// proof, and the current one signs the transaction.
    /// </summary>
    public static Operation RotateKey(Hash256 chainId, Address owner, ulong number, SigningKey newKey) => new()
    {
        RotateKey = new RotateKey
        {
            Number = number,
            NewKey = newKey.PublicKey.ToField(),
            Proof = ByteString.CopyFrom(newKey.Sign(KeyDigests.OfRotation(chainId, owner, number))),
        },
    };

    /// <summary>RLPC: the signer's contact data, sealed to the members.</summary>
    public static Operation PublishContact(SealedEnvelope contact) =>
        new() { PublishContact = new PublishContact { Contact = contact } };

    /// <summary>RLPC: the signer takes somebody on, who signs too. Until is 0 where no end is agreed on.</summary>
    public static Operation StaffAppoint(
        Address staff, IEnumerable<StaffRole> roles, long joinedUnixMs, long untilUnixMs)
    {
        StaffAppoint call = new() { Staff = Bytes(staff), JoinedUnixMs = joinedUnixMs, UntilUnixMs = untilUnixMs };
        call.Roles.AddRange(roles.Distinct().Order());
        return new Operation { StaffAppoint = call };
    }

    /// <summary>RLPC: somebody of the signer's staff has other roles from a date on.</summary>
    public static Operation StaffAssign(Address staff, IEnumerable<StaffRole> roles, long fromUnixMs)
    {
        StaffAssign call = new() { Staff = Bytes(staff), FromUnixMs = fromUnixMs };
        call.Roles.AddRange(roles.Distinct().Order());
        return new Operation { StaffAssign = call };
    }

    /// <summary>RLPC: somebody has left; by the institution or by itself.</summary>
    public static Operation StaffEnd(Address institution, Address staff, long leftUnixMs) => new()
    {
        StaffEnd = new StaffEnd { Institution = Bytes(institution), Staff = Bytes(staff), LeftUnixMs = leftUnixMs },
    };

    /// <summary>
    /// RLPC: the signer, staff of the institution, testifies. <paramref name="uri"/> is empty for a confidential one.
    /// </summary>
    public static Operation TestimonialIssue(
        Address learner, Address institution, long datedUnixMs, Hash256 commitment, string uri) => new()
    {
        TestimonialIssue = new TestimonialIssue
        {
            Learner = Bytes(learner),
            Institution = Bytes(institution),
            DatedUnixMs = datedUnixMs,
            Commitment = Bytes(commitment),
            Uri = uri,
        },
    };

    /// <summary>RLPC: the signer takes a testimonial back.</summary>
    public static Operation TestimonialWithdraw(Address learner, Address institution, ulong number) => new()
    {
        TestimonialWithdraw = new TestimonialWithdraw
        {
            Learner = Bytes(learner), Institution = Bytes(institution), Number = number,
        },
    };
}
